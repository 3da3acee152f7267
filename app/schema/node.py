"""What can be fetched by its id alone."""

import strawberry


@strawberry.interface(description="Something with an id of its own.")
class Node:
    id: strawberry.ID
