"""ZenMode's backend: orders for LinkedIn actions in, finished tasks and signed webhooks out."""
