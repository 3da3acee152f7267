"""What plans do not handle."""


class FallbackToGraphQLCore(Exception):
    """This is not for a plan: graphql-core knows what becomes of it."""
