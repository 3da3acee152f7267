"""Steps on LinkedIn accounts."""
