"""Steps on webhooks and deliveries."""
