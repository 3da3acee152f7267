"""graphql-core's schema below Strawberry's."""

import strawberry
from graphql import GraphQLSchema


def core_schema(schema: strawberry.Schema) -> GraphQLSchema:
    """Returns the schema that Strawberry made for graphql-core."""
    return schema._schema
