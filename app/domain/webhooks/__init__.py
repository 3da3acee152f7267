"""Webhooks: addresses, events, signatures, retries, health."""
