"""Commands that set things up: migrate, bootstrap, subscription set."""

import argparse
import asyncio
import json
import sys

from app.actions.bootstrap import Bootstrapped
from app.actions.bootstrap import bootstrap as make_workspace
from app.actions.set_subscription import set_subscription as change_subscription
from app.cli.command_error import CommandError
from app.models.migrate import migrate as bring_up_to_date
from app.models.migrate import missing_migrations
from app.settings import Settings, load_settings
from app.wiring import open_outside

_FIRST_STEPS = """\
workspace        {workspace_id}
email            {email}
password         {password}
API key          {api_key}
agent token      {agent_token}
LinkedIn account {linkedin_account_id}

The password, the key and the token are not shown again.
This workspace's subscription has no end. Who signs up in the dashboard is on trial for 14 days,
unless ZENMODE_SUBSCRIPTIONS=off.
"""


def migrate(_arguments: argparse.Namespace) -> int:
    """`zenmode migrate`."""
    settings = load_settings()
    asyncio.run(bring_up_to_date(settings.database))
    sys.stdout.write("the database is up to date\n")
    return 0


def bootstrap(arguments: argparse.Namespace) -> int:
    """`zenmode bootstrap`; migrates first, so that it works before `zenmode up` too."""
    made = asyncio.run(_bootstrap(load_settings(), arguments.email))
    as_dict = made.as_dict()
    text = json.dumps(as_dict) + "\n" if arguments.json else _FIRST_STEPS.format(**as_dict)
    sys.stdout.write(text)
    return 0


async def _bootstrap(settings: Settings, email: str) -> Bootstrapped:
    await bring_up_to_date(settings.database)
    async with open_outside(settings) as outside:
        return await make_workspace(outside, email)


def set_subscription(arguments: argparse.Namespace) -> int:
    """`zenmode subscription set`."""
    asyncio.run(_set_subscription(load_settings(), arguments))
    sys.stdout.write(f"{arguments.workspace_id} is {arguments.status.lower()}\n")
    return 0


async def _set_subscription(settings: Settings, arguments: argparse.Namespace) -> None:
    async with open_outside(settings) as outside:
        if missing := await missing_migrations(settings.database):
            raise CommandError(f"the database lacks {', '.join(missing)}; run zenmode migrate")
        await change_subscription(
            outside, arguments.workspace_id, arguments.status, arguments.ends_at
        )
