"""The REST API: rows that turn /api/v1 requests into GraphQL operations."""
