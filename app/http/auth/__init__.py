"""Credentials of a request, who may call, and how often."""
