"""The GraphQL schema. REST resolves through it too."""

from app.schema.root import print_schema, schema

__all__ = ["print_schema", "schema"]
