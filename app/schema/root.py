"""The schema, put together."""

import strawberry

from app.actions.access.read_access import get_agent, get_api_key
from app.actions.linkedin_accounts.read_linkedin_accounts import get_account
from app.actions.tasks.read_tasks import get_task
from app.actions.webhooks.read_webhooks import get_delivery
from app.domain.access.caller import EVERYBODY, PEOPLE, PEOPLE_AND_KEYS, CallerKind, require_known
from app.graphql_engine import one_of
from app.schema.agents import Agent, AgentMutation, AgentQuery, agent_of
from app.schema.api_keys import ApiKey, ApiKeyMutation, ApiKeyQuery, api_key_of
from app.schema.attention import AttentionQuery
from app.schema.context import GraphQLInfo
from app.schema.deliveries import (
    DeliveryMutation,
    DeliveryQuery,
    WebhookDelivery,
    delivery_of,
)
from app.schema.leases import LeaseMutation
from app.schema.linkedin_accounts import AccountMutation, AccountQuery, LinkedInAccount, account_of
from app.schema.pacing_mutations import PacingMutation, PacingQuery
from app.schema.subscriptions import Subscription
from app.schema.task_mutations import TaskMutation
from app.schema.tasks import Task, TaskQuery, task_of
from app.schema.types.relay import Node
from app.schema.types.scalars import CONFIG
from app.schema.usage import UsageQuery
from app.schema.users import SessionMutation, ViewerQuery
from app.schema.webhooks import WebhookMutation, WebhookQuery

_MAY_SEE: dict[str, frozenset[CallerKind]] = {
    "task": EVERYBODY,
    "acc": EVERYBODY,
    "dlv": PEOPLE_AND_KEYS,
    "key": PEOPLE,
    "agt": PEOPLE,
}


@strawberry.type(
    description="Read a workspace: tasks, accounts, webhooks, deliveries, agents, keys, usage."
)
class Query(
    TaskQuery,
    AccountQuery,
    WebhookQuery,
    DeliveryQuery,
    ViewerQuery,
    ApiKeyQuery,
    AgentQuery,
    UsageQuery,
    AttentionQuery,
    PacingQuery,
):
    @strawberry.field(description="Any object with a global id; null when there is none.")
    async def node(self, info: GraphQLInfo, id: strawberry.ID) -> Node | None:
        known = require_known(info.context.caller, EVERYBODY)
        kind = id.partition("_")[0]
        if known.kind not in _MAY_SEE.get(kind, frozenset()):
            return None
        return await _find(info, kind, id)


async def _find(info: GraphQLInfo, kind: str, id: str) -> Node | None:
    asking = (info.context.services, info.context.caller, id)
    match kind:
        case "task":
            return task_of(info, task) if (task := await get_task(*asking)) else None
        case "acc":
            return account_of(info, account) if (account := await get_account(*asking)) else None
        case "dlv":
            return delivery_of(delivery) if (delivery := await get_delivery(*asking)) else None
        case "key":
            return api_key_of(key) if (key := await get_api_key(*asking)) else None
        case _:
            return agent_of(agent) if (agent := await get_agent(*asking)) else None


@strawberry.type(description="Change a workspace. Mutations for agents need an agent's token.")
class Mutation(
    SessionMutation,
    TaskMutation,
    LeaseMutation,
    AccountMutation,
    PacingMutation,
    WebhookMutation,
    DeliveryMutation,
    ApiKeyMutation,
    AgentMutation,
):
    pass


schema = strawberry.Schema(
    query=Query,
    mutation=Mutation,
    subscription=Subscription,
    types=[Task, LinkedInAccount, WebhookDelivery, ApiKey, Agent],
    config=CONFIG,
)

one_of.install()


def print_schema() -> str:
    """The schema in GraphQL's own language."""
    return schema.as_str() + "\n"
