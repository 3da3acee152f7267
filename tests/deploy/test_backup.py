"""The runbook's commands for backup and restore, run as they stand there, while people work."""

import asyncio
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from app.actions.leases.start_task import start_task
from app.models.engine.migrate import migrate, missing_migrations
from app.settings import Settings, load_settings
from app.wiring import open_services
from tests.actions.calls import complete_task
from tests.actions.room import Room, lease_of, open_room
from tests.actions.webhook_receivers import SECRET, webhook_of
from tests.deploy.stack import ROOT
from tests.servers.postgres import PostgresServer
from tests.waiting import until

_BLOCKS = re.findall(r"```sh\n(.*?)```", (ROOT / "docs" / "runbook.md").read_text(), re.DOTALL)


def command(start: str) -> str:
    """The runbook's command that begins so."""
    (found,) = [block.strip() for block in _BLOCKS if block.startswith(start)]
    return str(found)


async def run(words: str, folder: Path, **environ: str) -> None:
    done = await asyncio.to_thread(
        subprocess.run,
        ["/bin/sh", "-c", words],
        cwd=folder,
        env=os.environ | environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


async def work_on(room: Room, memo: list[str]) -> None:
    while True:
        memo.append((await room.create_task()).id)


async def back_up_while_people_work(settings: Settings, back_up: Callable[[], object]) -> set[str]:
    """The tasks that were there before the backup began, one of them finished, one begun."""
    async with open_services(settings) as services:
        room = await open_room(services)
        await webhook_of(room)
        _, lease = await room.begun()
        await complete_task(room.services, room.agent, lease, {})
        await room.begun()
        memo: list[str] = []
        working = asyncio.create_task(work_on(room, memo))
        await until(lambda: len(memo) >= 20)
        before = set(memo)
        await back_up()  # type: ignore[misc]
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
        assert len(memo) > len(before)
    return before


async def assert_all_is_there(settings: Settings, before: set[str]) -> None:
    """And it goes on: secrets can be read, tasks made, claimed and finished."""
    await migrate(settings.database)
    async with open_services(settings) as services:
        assert await missing_migrations(settings.database) == []
        rows = await services.database.rows("SELECT id, status FROM tasks")
        assert before <= {row["id"] for row in rows}
        assert {"completed", "processing"} <= {row["status"] for row in rows}
        (delivery,) = await services.database.rows("SELECT status FROM deliveries")
        assert delivery["status"] == "pending"
        (webhook,) = await services.database.rows("SELECT secret FROM webhooks")
        assert services.secrets.open(webhook["secret"]) == SECRET
        room = await open_room(services, "another@example.com")
        task = await room.create_task()
        (claimed,) = await room.claim()
        assert claimed.id == task.id
        await start_task(room.services, room.agent, lease_of(claimed))
        await complete_task(room.services, room.agent, lease_of(claimed), {})


async def test_sqlite_is_backed_up_and_restored(
    sqlite_url: str, redis_url: str, tmp_path: Path
) -> None:
    shutil.copy(sqlite_url.removeprefix("sqlite:///"), tmp_path / "migrated.db")
    var = tmp_path / "here" / "var"
    var.mkdir(parents=True)
    shutil.move(tmp_path / "migrated.db", var / "zenmode.db")
    environ = {
        "ZENMODE_DATA_DIR": str(var),
        "ZENMODE_REDIS_URL": redis_url,
        "ZENMODE_PACING": "off",
    }
    settings = load_settings(environ, env_file=None)
    before = await back_up_while_people_work(
        settings, lambda: run(command("python3 -c"), var.parent)
    )

    await run(command("rm -f var/zenmode.db"), var.parent)

    await assert_all_is_there(settings, before)


async def test_postgresql_is_backed_up_and_restored(
    postgres_server: PostgresServer,
    postgres_url: str,
    empty_postgres_url: str,
    redis_url: str,
    tmp_path: Path,
) -> None:
    path = f"{postgres_server.programs}:{os.environ['PATH']}"
    if not all(shutil.which(name, path=path) for name in ("pg_dump", "pg_restore")):
        pytest.skip("PostgreSQL's backup WAS NOT TRIED: pg_dump and pg_restore are missing")

    def settings_for(url: str) -> Settings:
        environ = {
            "ZENMODE_DATABASE_URL": url,
            "ZENMODE_REDIS_URL": redis_url,
            "ZENMODE_SECRET_KEY": "k" * 32,
            "ZENMODE_PACING": "off",
        }
        return load_settings(environ, env_file=None, data_dir=tmp_path)

    before = await back_up_while_people_work(
        settings_for(postgres_url),
        lambda: run(command("pg_dump"), tmp_path, PATH=path, DATABASE_URL=postgres_url),
    )

    await run(command("pg_restore"), tmp_path, PATH=path, NEW_DATABASE_URL=empty_postgres_url)

    await assert_all_is_there(settings_for(empty_postgres_url), before)
