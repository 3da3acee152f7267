"""LinkedIn accounts."""

import strawberry

from app.actions.linkedin_accounts import read_linkedin_accounts as read_accounts
from app.actions.linkedin_accounts.connect_linkedin_account import connect_linkedin_account
from app.actions.linkedin_accounts.disconnect_linkedin_account import disconnect_linkedin_account
from app.actions.linkedin_accounts.update_linkedin_account import update_linkedin_account
from app.domain.linkedin.linkedin_account import LinkedInAccountChange, NewLinkedInAccount
from app.graphql_engine.lazy_batch import LazyBatch
from app.models.linkedin.linkedin_account_queries import AccountRow
from app.schema.context import GraphQLInfo
from app.schema.types.enums import AccountStatus
from app.schema.types.inputs import input_of, validated
from app.schema.types.relay import Node
from app.schema.types.scalars import Milliseconds


@strawberry.type(name="LinkedInAccount", description="A LinkedIn account that performs tasks.")
class LinkedInAccount(Node):
    name: str
    profile_url: str
    status: AccountStatus
    is_default: bool
    created_at: Milliseconds
    created_today: strawberry.Private[LazyBatch[dict[str, int]]]

    @strawberry.field(description="The number of tasks that may be created for it in a day (UTC).")
    def daily_task_limit(self, info: GraphQLInfo) -> int:
        return info.context.services.settings.daily_task_limit

    @strawberry.field(description="The number of tasks created for it today (UTC).")
    async def tasks_created_today(self) -> int:
        return (await self.created_today.get()).get(self.id, 0)


def accounts_of(info: GraphQLInfo, rows: list[AccountRow]) -> list[LinkedInAccount]:
    """Accounts as GraphQL shows them; today's counts are asked for once for all."""
    context = info.context
    created_today = LazyBatch(lambda: read_accounts.created_today(context.services, context.caller))
    return [
        LinkedInAccount(
            id=strawberry.ID(row.id),
            name=row.name,
            profile_url=row.profile_url,
            status=AccountStatus(row.status),
            is_default=row.is_default,
            created_at=Milliseconds(row.created_at),
            created_today=created_today,
        )
        for row in rows
    ]


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
