"""The way to the receivers of webhooks."""
