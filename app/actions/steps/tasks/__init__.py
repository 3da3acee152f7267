"""Steps on tasks and their leases."""
