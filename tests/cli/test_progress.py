"""What takes long is shown on a terminal, and nowhere else."""

import contextlib
import fcntl
import os
import pty
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.cli.command import ZENMODE, Place
from tests.waiting import until

_SHOWN = "Migrating the database, "
_ERASED = "\r\x1b[K"


@contextmanager
def migrations_held_up(place: Place) -> Iterator[None]:
    """While another process migrates the same database."""
    data = place.folder / "var"
    data.mkdir(mode=0o700)
    with (data / "zenmode.db.migrating").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def started(place: Place, stderr: int, **settings: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [ZENMODE, "migrate"],
        cwd=place.folder,
        env=os.environ | {"TERM": "xterm"} | settings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=stderr,
    )


def read_until_shown(terminal: int) -> str:
    """What a terminal shows until the activity is among it."""
    shown = ""
    while _SHOWN not in shown:
        shown += os.read(terminal, 4096).decode()
    return shown


def read_all(terminal: int) -> str:
    """What was written to a terminal that nobody writes to any more."""
    read = b""
    with contextlib.suppress(OSError):
        while part := os.read(terminal, 4096):
            read += part
    return read.decode()


async def test_a_terminal_shows_what_is_waited_for_and_nothing_of_it_afterwards(
    place: Place,
) -> None:
    terminal, stderr = pty.openpty()
    with migrations_held_up(place):
        process = started(place, stderr)
        os.close(stderr)
        shown = read_until_shown(terminal)

    output, _ = process.communicate(timeout=40)
    shown += read_all(terminal)
    os.close(terminal)
    assert (process.returncode, output) == (0, b"the database is up to date\n")
    assert shown.endswith(_ERASED)
    assert "\n" not in shown


async def test_a_terminal_that_cannot_erase_a_line_is_shown_nothing(place: Place) -> None:
    terminal, stderr = pty.openpty()
    process = started(place, stderr, TERM="dumb")
    os.close(stderr)
    process.communicate(timeout=40)
    assert read_all(terminal) == ""
    os.close(terminal)


async def test_a_program_is_shown_nothing(place: Place, tmp_path: Path) -> None:
    log = tmp_path / "stderr"
    terminal, stderr = pty.openpty()
    with migrations_held_up(place):
        with log.open("wb") as file:
            unseen = started(place, file.fileno())
        await until(lambda: waits_for_a_lock(unseen.pid), 40)
        # By the time that it is shown on a terminal, the one before has waited as long.
        seen = started(place, stderr)
        os.close(stderr)
        read_until_shown(terminal)
    seen.communicate(timeout=40)
    unseen.communicate(timeout=40)
    os.close(terminal)
    assert log.read_bytes() == b""


def waits_for_a_lock(pid: int) -> bool:
    locks = Path("/proc/locks").read_text().splitlines()
    return any("->" in lock and f" {pid} " in lock for lock in locks)
