"""`zenmode up`: Redis, migrations, web and worker in one terminal."""

import argparse
import asyncio
import fcntl
import signal
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app.cli.child import Child
from app.cli.command_error import CommandError
from app.cli.local_redis import answers, find_redis, redis_command
from app.cli.port import check_port
from app.models.database import Database
from app.models.migrate import migrate
from app.settings import Settings, environment_for, load_settings

_START_SECONDS = 30.0
_LOOK_EVERY_SECONDS = 0.2
_WEB_SECONDS = 10.0
_WORKER_SECONDS = 20.0
_REDIS_SECONDS = 10.0


def up(arguments: argparse.Namespace) -> int:
    """Everything, until Ctrl-C or SIGTERM; returns 0 after a clean stop."""
    settings = load_settings(data_dir=arguments.data_dir)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    stop = _Stop()
    with _only_one(settings.data_dir):
        return _run(settings, arguments.host, arguments.port, stop)


def _run(settings: Settings, host: str, port: int, stop: "_Stop") -> int:
    check_port(host, port)
    children: list[Child] = []
    try:
        if not settings.redis_is_given:
            children.append(_start_redis(settings, stop))
        is_new = asyncio.run(_prepare_database(settings))
        for child in _servers(settings, host, port):
            child.start()
            children.append(child)
        address = _address(host, port)
        _wait_until(lambda: _is_ready(address), children, stop)
        if not stop.is_asked:
            _welcome(address, is_new=is_new)
        _keep_running(children, stop)
    finally:
        _stop_all(children)
    return 0


class _Stop:
    """Whether somebody has asked us to end."""

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
    command = redis_command(find_redis(), settings.data_dir)
    redis = Child(
        "Redis", command, settings.data_dir / "logs" / "redis.log", environment_for(settings)
    )
    redis.start()
    try:
        _wait_until(lambda: answers(settings.data_dir), [redis], stop)
    except CommandError:
        redis.stop(_REDIS_SECONDS)
        raise
    return redis


async def _prepare_database(settings: Settings) -> bool:
    await migrate(settings.database)
    database = await Database.open(settings.database)
    try:
        return await database.row("SELECT id FROM users LIMIT 1") is None
    finally:
        await database.close()


def _servers(settings: Settings, host: str, port: int) -> list[Child]:
    zenmode = [sys.executable, "-m", "app.cli"]
    environ = environment_for(settings)
    logs = settings.data_dir / "logs"
    web = [*zenmode, "web", "--host", host, "--port", str(port)]
    return [
        Child("web", web, logs / "web.log", environ),
        Child("worker", [*zenmode, "worker"], logs / "worker.log", environ),
    ]


def _address(host: str, port: int) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{port}"


def _is_ready(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/readyz", timeout=1) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _wait_until(is_done: Callable[[], bool], children: list[Child], stop: _Stop) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not is_done():
        if stop.is_asked:
            return
        for child in children:
            if child.exit_code is not None:
                raise CommandError(f"{child.name} did not start: {child.last_words}")
        if time.monotonic() > deadline:
            raise CommandError(f"{children[-1].name} does not answer; see the logs")
        time.sleep(_LOOK_EVERY_SECONDS / 4)


def _welcome(address: str, *, is_new: bool) -> None:
    lines = [f"ZenMode is at {address}", "Ctrl-C stops it."]
    if is_new:
        lines.insert(1, "To get in: sign up there, or run `zenmode bootstrap` for a workspace.")
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def _keep_running(children: list[Child], stop: _Stop) -> None:
    while not stop.is_asked:
        for child in children:
            if child.revive():
                sys.stderr.write(f"{child.name} had ended and was started again\n")
        time.sleep(_LOOK_EVERY_SECONDS)


def _stop_all(children: list[Child]) -> None:
    patience = {"web": _WEB_SECONDS, "worker": _WORKER_SECONDS, "Redis": _REDIS_SECONDS}
    order = ["web", "worker", "Redis"]
    for child in sorted(children, key=lambda one: order.index(one.name)):
        child.stop(patience[child.name])
