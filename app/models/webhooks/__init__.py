"""Queries of webhooks, deliveries and the attempts at those."""
