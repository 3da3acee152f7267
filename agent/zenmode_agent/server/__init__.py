"""Requests to the server, and what its responses mean."""
