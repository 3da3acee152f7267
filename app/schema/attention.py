"""What a workspace's people should look at."""

import strawberry

from app.actions.operations.read_attention import read_attention
from app.domain.attention import MOST_ITEMS
from app.graphql_engine.field_rules import list_length
from app.schema.context import GraphQLInfo
from app.schema.types.enums import AttentionCode
from app.schema.types.scalars import Milliseconds, optional_time


@strawberry.type(description="Something in the workspace that needs attention.")
class AttentionItem:
    code: AttentionCode
    message: str
    subject_id: strawberry.ID | None = strawberry.field(
        description="The webhook (its number), account or workspace that it is about."
    )
    since: Milliseconds | None


@strawberry.type
class AttentionQuery:
    @strawberry.field(
        description=f"What deserves a look, the heaviest first, at most {MOST_ITEMS}. "
        "An empty list says that of what is checked nothing was found.",
        metadata=list_length(MOST_ITEMS),
    )
    async def attention(self, info: GraphQLInfo) -> list[AttentionItem]:
        found = await read_attention(info.context.services, info.context.caller)
        return [
            AttentionItem(
                code=one.code,
                message=one.message,
                subject_id=strawberry.ID(one.subject_id),
                since=optional_time(one.since),
            )
            for one in found
        ]
