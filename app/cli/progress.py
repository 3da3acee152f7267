"""Shows on a terminal what a command waits for, and for how long.

Written to stderr, so that a program that reads a command's output never sees it.
"""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from app.settings import terminal_can_erase

_FIRST_SECONDS: Final = 0.5
_EVERY_SECONDS: Final = 0.1
_FRAMES: Final = "|/-\\"
_ERASE: Final = "\r\033[K"


@contextmanager
def progress(activity: str) -> Iterator[None]:
    """Show the activity while the block runs, once it takes longer than half a second.

    Shows nothing when stderr is not a terminal that can erase a line.
    """
    if not (sys.stderr.isatty() and terminal_can_erase()):
        yield
        return
    is_done = threading.Event()
    display = threading.Thread(target=_show, args=(activity, is_done), daemon=True)
    display.start()
    try:
        yield
    finally:
        is_done.set()
        display.join()


def _show(activity: str, is_done: threading.Event) -> None:
    began = time.monotonic()
    wait = _FIRST_SECONDS
    frame = 0
    while not is_done.wait(wait):
        seconds = int(time.monotonic() - began)
        sys.stderr.write(f"{_ERASE}{_FRAMES[frame % len(_FRAMES)]} {activity}, {seconds} s")
        sys.stderr.flush()
        wait = _EVERY_SECONDS
        frame += 1
    if frame:
        sys.stderr.write(_ERASE)
        sys.stderr.flush()
