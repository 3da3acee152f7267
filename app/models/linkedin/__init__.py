"""Queries of LinkedIn accounts."""
