"""Deliveries of webhooks: claimed, sent, ended, sent again, watched."""
