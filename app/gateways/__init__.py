"""Clients of outside systems: Redis, the job queue, receivers of webhooks; and encryption."""
