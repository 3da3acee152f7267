"""Rows and queries of tasks, their attempts, leases, counts and idempotency keys."""
