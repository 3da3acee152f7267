"""The workspace of a caller."""

import strawberry

from app.schema.types.enums import SubscriptionStatus
from app.schema.types.scalars import Milliseconds


@strawberry.type(description="A workspace: the container of everything that a customer owns.")
class Workspace:
    id: strawberry.ID
    name: str
    subscription_status: SubscriptionStatus
    subscription_ends_at: Milliseconds | None
    created_at: Milliseconds
