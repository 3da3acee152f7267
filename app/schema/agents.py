"""Agents: what they announce, and whether they are online."""

import json

import strawberry

from app.actions.access import read_access
from app.actions.agents.announce_agent import announce_agent
from app.actions.agents.create_agent import create_agent
from app.actions.agents.go_offline import go_offline
from app.actions.agents.revoke_agent import revoke_agent
from app.domain.access.agent import POLL_SECONDS, Announcement, NewAgent, is_online
from app.domain.leases.lease import DEFAULT_LEASE_SECONDS
from app.graphql_engine.field_rules import list_length
from app.models.tables.credential import Agent as AgentRow
from app.schema.context import GraphQLInfo
from app.schema.types.enums import AgentFeature, AgentKind
from app.schema.types.inputs import input_of, validated
from app.schema.types.relay import Node
from app.schema.types.scalars import Milliseconds, optional_time


@strawberry.type(description="An agent: the program on a user's computer that runs tasks.")
class Agent(Node):
    name: str
    hint: str
    last_seen_at: Milliseconds | None
    version: str | None
    created_at: Milliseconds
    revoked_at: Milliseconds | None
    kind: AgentKind
    features: list[AgentFeature] = strawberry.field(
        description="The protocol features that the agent announced.",
        metadata=list_length(len(AgentFeature)),
    )
    driver: str | None = strawberry.field(description="The agent's driver.")
    is_attended: bool = strawberry.field(description="A person performs the actions.")
    is_dry_run: bool = strawberry.field(description="It performs nothing on LinkedIn.")
    offline_at: strawberry.Private[int | None]

    @strawberry.field(description="Heard within the last minute, and has not said that it goes.")
    def online(self, info: GraphQLInfo) -> bool:
        return is_online(
            last_seen_at=self.last_seen_at,
            offline_at=self.offline_at,
            revoked_at=self.revoked_at,
            now=info.context.services.now(),
        )


def agent_of(row: AgentRow) -> Agent:
    """One agent as GraphQL shows it."""
    return Agent(
        id=strawberry.ID(row.id),
        name=row.name,
        hint=row.hint,
        last_seen_at=optional_time(row.last_seen_at),
        version=row.version,
        created_at=Milliseconds(row.created_at),
        revoked_at=optional_time(row.revoked_at),
        kind=AgentKind.DESKTOP,
        features=[AgentFeature(one) for one in json.loads(row.features or "[]")],
        driver=row.driver,
        is_attended=bool(row.is_attended),
        is_dry_run=bool(row.is_dry_run),
        offline_at=row.offline_at,
    )


@input_of(NewAgent, "An agent to create.")
class CreateAgentInput:
    pass


@input_of(
    Announcement,
    "What an agent is: what it can, what carries its actions out and in which version, "
    "whether a person does the clicking, whether it is a dry run, and which accounts it serves.",
)
class AnnounceAgentInput:
    pass


@strawberry.type(
    description="The agent, and what the server wishes: how often to look for work when nothing "
    "rings, and how long to make a lease."
)
class AnnounceAgentPayload:
    agent: Agent
    poll_seconds: int
    lease_seconds: int
    server_time: Milliseconds


@strawberry.type(description="An agent that is offline.")
class GoOfflinePayload:
    agent: Agent


@strawberry.type(description="A new agent; its token is shown here and never again.")
class CreateAgentPayload:
    agent: Agent
    token: str


@strawberry.type(description="A revoked agent.")
class RevokeAgentPayload:
    agent: Agent


@strawberry.type
class AgentQuery:
    @strawberry.field(description="The workspace's agents, newest first; revoked ones for 30 days.")
    async def agents(self, info: GraphQLInfo) -> list[Agent]:
        rows = await read_access.all_agents(info.context.services, info.context.caller)
        return [agent_of(row) for row in rows]


@strawberry.type
class AgentMutation:
    @strawberry.mutation(description="Create an agent.")
    async def create_agent(self, info: GraphQLInfo, input: CreateAgentInput) -> CreateAgentPayload:
        new = validated(info, NewAgent, input)
        created = await create_agent(info.context.services, info.context.caller, new)
        return CreateAgentPayload(agent=agent_of(created.agent), token=created.token)

    @strawberry.mutation(description="Revoke an agent; it stops working within 5 seconds.")
    async def revoke_agent(self, info: GraphQLInfo, id: strawberry.ID) -> RevokeAgentPayload:
        row = await revoke_agent(info.context.services, info.context.caller, id)
        return RevokeAgentPayload(agent=agent_of(row))

    @strawberry.mutation(
        description="For agents: announce driver and features, at the start and on a change."
    )
    async def announce_agent(
        self, info: GraphQLInfo, input: AnnounceAgentInput
    ) -> AnnounceAgentPayload:
        context = info.context
        announcement = validated(info, Announcement, input)
        row = await announce_agent(context.services, context.caller, announcement)
        return AnnounceAgentPayload(
            agent=agent_of(row),
            poll_seconds=POLL_SECONDS,
            lease_seconds=DEFAULT_LEASE_SECONDS,
            server_time=Milliseconds(context.services.now()),
        )

    @strawberry.mutation(description="For agents: go offline, until the next request.")
    async def go_offline(self, info: GraphQLInfo) -> GoOfflinePayload:
        row = await go_offline(info.context.services, info.context.caller)
        return GoOfflinePayload(agent=agent_of(row))
