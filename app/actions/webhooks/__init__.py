"""Webhooks: registered, changed, tested, deleted, read."""
