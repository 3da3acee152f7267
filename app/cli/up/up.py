"""`zenmode up`: Redis, migrations, web and worker in one terminal."""

import argparse
import asyncio
import fcntl
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app.cli.command_error import CommandError
from app.cli.port import check_port, page_address, says_it_is_ready
from app.cli.progress import progress
from app.cli.server_settings import server_settings
from app.cli.up.child import Child
from app.cli.up.local_redis import answers, find_redis, redis_command
from app.cli.up.log_tail import LogTail
from app.cli.up.welcome import welcome
from app.models.engine.database import Database
from app.models.engine.migrate import migrate
from app.settings import Settings, environment_for

_START_SECONDS = 30.0
_LOOK_EVERY_SECONDS = 0.2
_WHILE_STARTING_SECONDS = 0.05
# Web and worker end side by side; Redis is there for both until they are gone.
_SERVERS_SECONDS = 12.0
_REDIS_SECONDS = 3.0


def up(arguments: argparse.Namespace) -> int:
    """Everything, until Ctrl-C or SIGTERM; returns 0 after a clean stop."""
    settings = server_settings(arguments.data_dir)
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    stop = _Stop()
    with _only_one(settings.data_dir):
        return _run(settings, arguments.host, arguments.port, stop)


def _run(settings: Settings, host: str, port: int, stop: "_Stop") -> int:
    check_port(host, port)
    children: list[Child] = []
    try:
        if not settings.redis_is_given:
            with progress("Starting Redis"):
                children.append(_start_redis(settings, stop))
        with progress("Migrating the database"):
            is_new = not stop.is_asked and asyncio.run(_prepare_database(settings))
        with progress("Starting the web server and the worker"):
            tails = _start_servers(settings, host, port, children, stop)
        if not stop.is_asked:
            sys.stdout.write(welcome(settings, page_address(host, port), is_new=is_new))
            sys.stdout.flush()
        _keep_running(children, tails, stop)
    finally:
        _stop_all(children)
    return 0


class _Stop:
    """Whether a signal has asked us to end."""

    def __init__(self) -> None:
        self.is_asked = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask)

    def _ask(self, _number: int, _frame: object) -> None:
        self.is_asked = True


@contextmanager
def _only_one(data_dir: Path) -> Iterator[None]:
    with (data_dir / "up.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CommandError(
                f"another zenmode up runs on {data_dir}; stop it, or choose another --data-dir"
            ) from None
        yield


def _start_redis(settings: Settings, stop: _Stop) -> Child:
    folder = settings.data_dir
    command = redis_command(find_redis(), folder)
    # Of an `up` that was killed: two on one append-only file would spoil it.
    _wait_until(lambda: not answers(folder), "the Redis of an earlier run still runs", [], stop)
    redis = Child("Redis", command, folder / "logs" / "redis.log", environment_for(settings))
    redis.start()
    try:
        _wait_until(
            lambda: answers(folder), f"Redis does not answer; see {redis.log}", [redis], stop
        )
    except CommandError:
        _stop_all([redis])
        raise
    return redis


async def _prepare_database(settings: Settings) -> bool:
    await migrate(settings.database)
    database = await Database.open(settings.database)
    try:
        return await database.row("SELECT id FROM users LIMIT 1") is None
    finally:
        await database.close()


def _start_servers(
    settings: Settings, host: str, port: int, children: list[Child], stop: _Stop
) -> list[LogTail]:
    """Start web and worker, added to `children`, and wait until requests are answered."""
    if stop.is_asked:
        return []
    # -P: what is called `app` in the folder that we were started in is not ours.
    zenmode = [sys.executable, "-P", "-m", "app.cli"]
    commands = {
        "web": [*zenmode, "web", "--host", host, "--port", str(port)],
        "worker": [*zenmode, "worker"],
    }
    tails = []
    for name, command in commands.items():
        log = settings.data_dir / "logs" / f"{name}.log"
        child = Child(name, command, log, environment_for(settings))
        tails.append(LogTail(name, log))
        child.start()
        children.append(child)
    late = f"web is not ready; see {settings.data_dir / 'logs' / 'web.log'}"
    _wait_until(lambda: says_it_is_ready(host, port), late, children, stop)
    return tails


def _wait_until(is_done: Callable[[], bool], late: str, children: list[Child], stop: _Stop) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not stop.is_asked and not is_done():
        for child in children:
            if child.exit_code is not None:
                why = child.last_words.removeprefix("zenmode: ")
                raise CommandError(f"{child.name} did not start: {why}")
        if time.monotonic() > deadline:
            raise CommandError(late)
        time.sleep(_WHILE_STARTING_SECONDS)


def _keep_running(children: list[Child], tails: list[LogTail], stop: _Stop) -> None:
    while not stop.is_asked:
        for tail in tails:
            sys.stderr.writelines(f"{line}\n" for line in tail.bad_news())
        for child in children:
            if child.revive():
                sys.stderr.write(f"{child.name} had ended and was started again: {child.log}\n")
        sys.stderr.flush()
        time.sleep(_LOOK_EVERY_SECONDS)


def _stop_all(children: list[Child]) -> None:
    servers = [child for child in children if child.name != "Redis"]
    for some, patience_seconds in (
        (servers, _SERVERS_SECONDS),
        ([child for child in children if child not in servers], _REDIS_SECONDS),
    ):
        deadline = time.monotonic() + patience_seconds
        for child in some:
            child.ask_to_end()
        for child in some:
            child.end(deadline)
