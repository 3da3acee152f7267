"""Commands that set things up: migrate, bootstrap, subscription set."""

import argparse
import asyncio
import json
import shlex
import sys

from app.actions.access.set_subscription import set_subscription as change_subscription
from app.actions.operations.bootstrap import Bootstrapped
from app.actions.operations.bootstrap import bootstrap as make_workspace
from app.cli.command_error import CommandError
from app.cli.progress import progress
from app.cli.server_settings import named, require_migrations, server_settings
from app.domain.errors import BadInput
from app.domain.times import iso_from_ms
from app.models.access.workspace_queries import list_workspaces
from app.models.engine.database import Database
from app.models.engine.migrate import migrate as bring_up_to_date
from app.models.engine.migrate import missing_migrations
from app.settings import Settings
from app.wiring import open_services

_FIRST_STEPS = """\
database         {database}
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


_SHELL = {
    "API_KEY": "api_key",
    "AGENT_TOKEN": "agent_token",
    "ACCOUNT": "linkedin_account_id",
    "WORKSPACE": "workspace_id",
}


def migrate(_arguments: argparse.Namespace) -> int:
    """`zenmode migrate`."""
    settings = server_settings()
    with progress("Migrating the database"):
        asyncio.run(bring_up_to_date(settings.database))
    sys.stdout.write("the database is up to date\n")
    return 0


def bootstrap(arguments: argparse.Namespace) -> int:
    """`zenmode bootstrap`; migrates first, so that it works before `zenmode up` too."""
    settings = server_settings()
    database = named(settings.database)
    try:
        with progress("Creating the workspace"):
            made = asyncio.run(_bootstrap(settings, arguments.email)).as_dict()
    except BadInput as error:
        # As a rule it is the second run: the way in was shown by the first.
        raise CommandError(f"{error} (in {database}); choose another --email") from None
    if arguments.json:
        sys.stdout.write(json.dumps(made) + "\n")
    elif arguments.shell:
        sys.stderr.write(f"created in {database}\n{_SIGN_IN.format(**made)}")
        sys.stdout.writelines(f"{name}={shlex.quote(made[of])}\n" for name, of in _SHELL.items())
    else:
        sys.stdout.write(_FIRST_STEPS.format(database=database, **made))
    return 0


_SIGN_IN = "sign in to the dashboard with {email} and the password {password}\n"


async def _bootstrap(settings: Settings, email: str) -> Bootstrapped:
    await bring_up_to_date(settings.database)
    async with open_services(settings) as services:
        return await make_workspace(services, email)


def set_subscription(arguments: argparse.Namespace) -> int:
    """`zenmode subscription set`."""
    asyncio.run(_set_subscription(server_settings(), arguments))
    sys.stdout.write(f"{arguments.workspace_id} is {arguments.status.lower()}\n")
    return 0


async def _set_subscription(settings: Settings, arguments: argparse.Namespace) -> None:
    async with open_services(settings) as services:
        if missing := await missing_migrations(settings.database):
            raise CommandError(f"the database lacks {', '.join(missing)}; run zenmode migrate")
        await change_subscription(
            services, arguments.workspace_id, arguments.status, arguments.ends_at
        )


def workspaces(_arguments: argparse.Namespace) -> int:
    """`zenmode workspaces`: one line each, the oldest first, tabs between the columns."""
    sys.stdout.writelines(asyncio.run(_workspaces(server_settings())))
    return 0


async def _workspaces(settings: Settings) -> list[str]:
    await require_migrations(settings.database)
    database = await Database.open(settings.database)
    try:
        rows = await list_workspaces(database)
    finally:
        await database.close()
    return [
        f"{row['id']}\t{row['subscription_status']}\t{_until(row['subscription_ends_at'])}\t"
        f"{row['email'] or '-'}\t{' '.join(row['name'].split())}\n"
        for row in rows
    ]


def _until(ends_at: int | None) -> str:
    return "-" if ends_at is None else iso_from_ms(ends_at)
