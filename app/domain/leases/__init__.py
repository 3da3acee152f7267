"""Leases: what agents send about the tasks that they hold."""
