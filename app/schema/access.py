"""Users, API keys, sign-in tokens of agents, and the workspace they belong to."""

import strawberry

from app.actions.access import read_access
from app.actions.access.create_api_key import create_api_key
from app.actions.access.revoke_api_key import revoke_api_key
from app.actions.agents.create_agent import create_agent
from app.actions.agents.revoke_agent import revoke_agent
from app.domain.access.agent import NewAgent
from app.domain.access.api_key import NewApiKey
from app.domain.access.caller import EVERYBODY, Caller, require_known
from app.models.tables.credential import ApiKey as ApiKeyRow
from app.schema.agents import Agent, agent_of
from app.schema.context import GraphQLInfo
from app.schema.enums import SubscriptionStatus
from app.schema.inputs import input_of, validated
from app.schema.relay import Node
from app.schema.scalars import Milliseconds


@strawberry.type(description="A workspace: the container of everything that a customer owns.")
class Workspace:
    id: strawberry.ID
    name: str
    subscription_status: SubscriptionStatus
    subscription_ends_at: Milliseconds | None
    created_at: Milliseconds


@strawberry.type(description="A person who can sign in.")
class User:
    id: strawberry.ID
    email: str
    created_at: Milliseconds


@strawberry.type(description="The credential of a program; its token was shown once.")
class ApiKey(Node):
    name: str
    hint: str
    created_at: Milliseconds
    last_used_at: Milliseconds | None
    expires_at: Milliseconds | None
    revoked_at: Milliseconds | None


def api_key_of(row: ApiKeyRow) -> ApiKey:
    """One key as GraphQL shows it."""
    return ApiKey(
        id=strawberry.ID(row.id),
        name=row.name,
        hint=row.hint,
        created_at=Milliseconds(row.created_at),
        last_used_at=_time(row.last_used_at),
        expires_at=_time(row.expires_at),
        revoked_at=_time(row.revoked_at),
    )


def _time(ms: int | None) -> Milliseconds | None:
    return None if ms is None else Milliseconds(ms)


@strawberry.type(description="Who is asking: a person, a key or an agent, and for which workspace.")
class Viewer:
    caller: strawberry.Private[Caller]

    @strawberry.field
    async def workspace(self, info: GraphQLInfo) -> Workspace:
        row = await read_access.own_workspace(info.context.services, self.caller)
        subscription = read_access.subscription_of(info.context.services, row)
        return Workspace(
            id=strawberry.ID(row.id),
            name=row.name,
            subscription_status=SubscriptionStatus(subscription.status),
            subscription_ends_at=_time(subscription.ends_at),
            created_at=Milliseconds(row.created_at),
        )

    @strawberry.field
    async def user(self, info: GraphQLInfo) -> User | None:
        row = await read_access.own_user(info.context.services, self.caller)
        if row is None:
            return None
        return User(
            id=strawberry.ID(row.id), email=row.email, created_at=Milliseconds(row.created_at)
        )

    @strawberry.field
    async def api_key(self, info: GraphQLInfo) -> ApiKey | None:
        row = await read_access.own_api_key(info.context.services, self.caller)
        return api_key_of(row) if row else None

    @strawberry.field
    async def agent(self, info: GraphQLInfo) -> Agent | None:
        row = await read_access.own_agent(info.context.services, self.caller)
        return agent_of(row) if row else None


@input_of(NewApiKey, "A key to be made; without expiresAt it lives until it is revoked.")
class CreateApiKeyInput:
    pass


@input_of(NewAgent, "An agent to create.")
class CreateAgentInput:
    pass


@strawberry.type(description="A new key; its token is shown here and never again.")
class CreateApiKeyPayload:
    api_key: ApiKey
    token: str


@strawberry.type(description="A revoked key.")
class RevokeApiKeyPayload:
    api_key: ApiKey


@strawberry.type(description="A new agent; its token is shown here and never again.")
class CreateAgentPayload:
    agent: Agent
    token: str


@strawberry.type(description="A revoked agent.")
class RevokeAgentPayload:
    agent: Agent


@strawberry.type
class AccessQuery:
    @strawberry.field(description="The caller: a signed-in person, an API key or an agent.")
    def viewer(self, info: GraphQLInfo) -> Viewer:
        return Viewer(caller=require_known(info.context.caller, EVERYBODY))

    @strawberry.field(description="The workspace's keys, newest first; revoked ones for 30 days.")
    async def api_keys(self, info: GraphQLInfo) -> list[ApiKey]:
        rows = await read_access.all_api_keys(info.context.services, info.context.caller)
        return [api_key_of(row) for row in rows]

    @strawberry.field(description="The workspace's agents, newest first; revoked ones for 30 days.")
    async def agents(self, info: GraphQLInfo) -> list[Agent]:
        rows = await read_access.all_agents(info.context.services, info.context.caller)
        return [agent_of(row) for row in rows]


@strawberry.type
class AccessMutation:
    @strawberry.mutation(description="Create an API key.")
    async def create_api_key(
        self, info: GraphQLInfo, input: CreateApiKeyInput
    ) -> CreateApiKeyPayload:
        new = validated(info, NewApiKey, input)
        created = await create_api_key(info.context.services, info.context.caller, new)
        return CreateApiKeyPayload(api_key=api_key_of(created.api_key), token=created.token)

    @strawberry.mutation(description="Revoke a key; it stops working everywhere within 5 seconds.")
    async def revoke_api_key(self, info: GraphQLInfo, id: strawberry.ID) -> RevokeApiKeyPayload:
        row = await revoke_api_key(info.context.services, info.context.caller, id)
        return RevokeApiKeyPayload(api_key=api_key_of(row))

    @strawberry.mutation(description="Create an agent.")
    async def create_agent(self, info: GraphQLInfo, input: CreateAgentInput) -> CreateAgentPayload:
        new = validated(info, NewAgent, input)
        created = await create_agent(info.context.services, info.context.caller, new)
        return CreateAgentPayload(agent=agent_of(created.agent), token=created.token)

    @strawberry.mutation(description="Revoke an agent; it stops working within 5 seconds.")
    async def revoke_agent(self, info: GraphQLInfo, id: strawberry.ID) -> RevokeAgentPayload:
        row = await revoke_agent(info.context.services, info.context.caller, id)
        return RevokeAgentPayload(agent=agent_of(row))
