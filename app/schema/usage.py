"""How much of its limits a workspace has used."""

import strawberry

from app.actions.linkedin_accounts import read_linkedin_accounts as read_accounts
from app.graphql_engine.field_rules import list_length
from app.schema.context import GraphQLInfo
from app.schema.linkedin_accounts import LinkedInAccount, accounts_of


@strawberry.type(description="One day's tasks (UTC).")
class UsageDay:
    date: str
    created: int
    completed: int
    failed: int
    cancelled: int


@strawberry.type(description="One LinkedIn account's tasks of today (UTC).")
class AccountUsage:
    linkedin_account: LinkedInAccount

    @strawberry.field
    async def created_today(self) -> int:
        return (await self.linkedin_account.siblings.created_today.get()).get(
            self.linkedin_account.id, 0
        )

    @strawberry.field
    def daily_task_limit(self, info: GraphQLInfo) -> int:
        return info.context.services.settings.daily_task_limit


@strawberry.type(description="Requests of the last minute, tasks of the last days.")
class Usage:
    requests_per_minute_limit: int
    requests_this_minute: int
    days: list[UsageDay] = strawberry.field(metadata=list_length(read_accounts.MAX_DAYS))

    @strawberry.field
    async def accounts(self, info: GraphQLInfo) -> list[AccountUsage]:
        rows = await read_accounts.all_accounts(info.context.services, info.context.caller)
        return [AccountUsage(linkedin_account=one) for one in accounts_of(info, rows)]


@strawberry.type
class UsageQuery:
    @strawberry.field(description="What was used, day by day, oldest first; days: 1 to 90.")
    async def usage(self, info: GraphQLInfo, days: int = 14) -> Usage:
        used = await read_accounts.usage(info.context.services, info.context.caller, days)
        return Usage(
            requests_per_minute_limit=used.requests_per_minute_limit,
            requests_this_minute=used.requests_this_minute,
            days=[
                UsageDay(
                    date=day.date,
                    created=day.created,
                    completed=day.completed,
                    failed=day.failed,
                    cancelled=day.cancelled,
                )
                for day in used.days
            ],
        )
