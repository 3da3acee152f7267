"""All that a caller can ask. Every door but the worker's leads through here."""

from app.schema.root import print_schema, schema

__all__ = ["print_schema", "schema"]
