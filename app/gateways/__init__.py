"""Each thing outside, once: Redis, the job queue, receivers of webhooks, secrets."""
