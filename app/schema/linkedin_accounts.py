"""LinkedIn accounts."""

from dataclasses import dataclass

import strawberry

from app.actions.linkedin_accounts import read_linkedin_accounts as read_accounts
from app.actions.linkedin_accounts.connect_linkedin_account import connect_linkedin_account
from app.actions.linkedin_accounts.disconnect_linkedin_account import disconnect_linkedin_account
from app.actions.linkedin_accounts.update_linkedin_account import update_linkedin_account
from app.actions.pacing import read_pacing
from app.domain.linkedin.linkedin_account import LinkedInAccountChange, NewLinkedInAccount
from app.domain.pacing.account_state import AccountState
from app.graphql_engine.field_rules import list_length
from app.graphql_engine.lazy_batch import LazyBatch
from app.models.linkedin.linkedin_account_queries import AccountRow
from app.models.pacing.provider_lock_queries import ProviderLockRow
from app.models.tables.credential import Agent as AgentRow
from app.schema.agents import Agent, agent_of
from app.schema.context import GraphQLInfo
from app.schema.pacing import (
    MOST_LIMITS,
    MOST_LOCKS,
    AccountQueue,
    ActionLimit,
    Pacing,
    ProviderLock,
    limits_of,
    lock_of,
    pacing_of,
    queue_of,
)
from app.schema.types.enums import AccountStatus
from app.schema.types.inputs import input_of, validated
from app.schema.types.relay import Node
from app.schema.types.scalars import Milliseconds, optional_time

_MOST_AGENTS = 20


@strawberry.type(name="LinkedInAccount", description="A LinkedIn account that performs tasks.")
class LinkedInAccount(Node):
    name: str
    profile_url: str
    status: AccountStatus
    is_default: bool
    created_at: Milliseconds
    paused_note: str | None = strawberry.field(description="Why it is paused.")
    paused_until: Milliseconds | None = strawberry.field(
        description="When it resumes by itself; null: when a person resumes it."
    )
    siblings: strawberry.Private["AccountSiblings"]

    @strawberry.field(description="The number of tasks that may be created for it in a day (UTC).")
    def daily_task_limit(self, info: GraphQLInfo) -> int:
        return info.context.services.settings.daily_task_limit

    @strawberry.field(description="The number of tasks created for it today (UTC).")
    async def tasks_created_today(self) -> int:
        return (await self.siblings.created_today.get()).get(self.id, 0)

    @strawberry.field(description="What its owner allows, and when it may act.")
    async def pacing(self) -> Pacing:
        return pacing_of(await self._standing())

    @strawberry.field(
        description="How much of each limit is used; none while it is not paced.",
        metadata=list_length(MOST_LIMITS),
    )
    async def limits(self) -> list[ActionLimit]:
        return limits_of(await self._standing())

    @strawberry.field(
        description="LinkedIn's own stops that hold now.", metadata=list_length(MOST_LOCKS)
    )
    async def locks(self) -> list[ProviderLock]:
        found = await self.siblings.locks.get()
        return [lock_of(row) for row in found if row.linkedin_account_id == self.id]

    @strawberry.field(description="What waits, why, and when it will have begun.")
    async def queue(self) -> AccountQueue:
        return queue_of((await self.siblings.queues.get())[self.id])

    @strawberry.field(
        description="The agents that asked for its work within 7 days.",
        metadata=list_length(_MOST_AGENTS),
    )
    async def served_by(self) -> list[Agent]:
        serving = {agent.id for agent in (await self._standing()).agents}
        found = await self.siblings.agents.get()
        return [agent_of(row) for row in found if row.id in serving][:_MOST_AGENTS]

    async def _standing(self) -> AccountState:
        return (await self.siblings.standings.get())[self.id]


@dataclass(frozen=True, slots=True)
class AccountSiblings:
    """What is read once for all the accounts of a response."""

    created_today: LazyBatch[dict[str, int]]
    standings: LazyBatch[dict[str, AccountState]]
    queues: LazyBatch[dict[str, AccountState]]
    locks: LazyBatch[list[ProviderLockRow]]
    agents: LazyBatch[list[AgentRow]]


def accounts_of(info: GraphQLInfo, rows: list[AccountRow]) -> list[LinkedInAccount]:
    """Accounts as GraphQL shows them; today's counts are asked for once for all."""
    siblings = _siblings_of(info, [row.id for row in rows])
    return [
        LinkedInAccount(
            id=strawberry.ID(row.id),
            name=row.name,
            profile_url=row.profile_url,
            status=AccountStatus(row.status),
            is_default=row.is_default,
            created_at=Milliseconds(row.created_at),
            paused_note=row.paused_note,
            paused_until=optional_time(row.paused_until),
            siblings=siblings,
        )
        for row in rows
    ]


def _siblings_of(info: GraphQLInfo, ids: list[str]) -> AccountSiblings:
    services, caller = info.context.services, info.context.caller
    standings = LazyBatch(lambda: read_pacing.account_standings(services, caller, ids))

    async def read_agents() -> list[AgentRow]:
        wanted = {agent.id for state in (await standings.get()).values() for agent in state.agents}
        return await read_pacing.agents_with_ids(services, caller, wanted)

    return AccountSiblings(
        created_today=LazyBatch(lambda: read_accounts.created_today(services, caller)),
        standings=standings,
        queues=LazyBatch(lambda: read_pacing.account_states(services, caller, ids)),
        locks=LazyBatch(lambda: read_pacing.locks_of_accounts(services, caller, ids)),
        agents=LazyBatch(read_agents),
    )


def account_of(info: GraphQLInfo, row: AccountRow) -> LinkedInAccount:
    """One account as GraphQL shows it."""
    return accounts_of(info, [row])[0]


@input_of(NewLinkedInAccount, "A LinkedIn account to connect.")
class ConnectLinkedinAccountInput:
    pass


@input_of(LinkedInAccountChange, "What to change; left out or null leaves a thing as it is.")
class UpdateLinkedinAccountInput:
    pass


@strawberry.type(description="An account after a change.")
class LinkedinAccountPayload:
    linkedin_account: LinkedInAccount


@strawberry.type
class AccountQuery:
    @strawberry.field(description="One LinkedIn account; null when there is none.")
    async def linkedin_account(
        self, info: GraphQLInfo, id: strawberry.ID
    ) -> LinkedInAccount | None:
        row = await read_accounts.get_account(info.context.services, info.context.caller, id)
        return account_of(info, row) if row else None

    @strawberry.field(description="The workspace's LinkedIn accounts, oldest first.")
    async def linkedin_accounts(self, info: GraphQLInfo) -> list[LinkedInAccount]:
        rows = await read_accounts.all_accounts(info.context.services, info.context.caller)
        return accounts_of(info, rows)


@strawberry.type
class AccountMutation:
    @strawberry.mutation(
        description="Connect an account; the same profile again is the same account."
    )
    async def connect_linkedin_account(
        self, info: GraphQLInfo, input: ConnectLinkedinAccountInput
    ) -> LinkedinAccountPayload:
        context = info.context
        new = validated(info, NewLinkedInAccount, input)
        row = await connect_linkedin_account(context.services, context.caller, new)
        return LinkedinAccountPayload(linkedin_account=account_of(info, row))

    @strawberry.mutation(description="Rename, pause or resume an account, or make it the default.")
    async def update_linkedin_account(
        self, info: GraphQLInfo, input: UpdateLinkedinAccountInput
    ) -> LinkedinAccountPayload:
        context = info.context
        change = validated(info, LinkedInAccountChange, input)
        row = await update_linkedin_account(context.services, context.caller, change)
        return LinkedinAccountPayload(linkedin_account=account_of(info, row))

    @strawberry.mutation(description="Take an account out of use; its waiting tasks are cancelled.")
    async def disconnect_linkedin_account(
        self, info: GraphQLInfo, id: strawberry.ID
    ) -> LinkedinAccountPayload:
        context = info.context
        row = await disconnect_linkedin_account(context.services, context.caller, id)
        return LinkedinAccountPayload(linkedin_account=account_of(info, row))
