"""Builds the documentation site with Zensical, from docs/*.md and the API's description."""
