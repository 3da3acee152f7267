"""What must survive a crash: which leases were begun, and which results are unreported.

In SQLite: a commit is on the disk before the agent continues, a torn write is undone, the primary
key forbids to begin a lease twice, and the exclusive lock keeps a second agent out.
"""

import json
import os
import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Self

_FILE = "journal.sqlite3"
_TABLE = """
CREATE TABLE IF NOT EXISTS begun (
    lease_token TEXT PRIMARY KEY,
    task_id TEXT NOT NULL,
    verb TEXT CHECK (verb IN ('complete', 'fail')),
    content TEXT CHECK ((content IS NULL) = (verb IS NULL))
) WITHOUT ROWID
"""


class JournalUnusable(Exception):
    """The data folder belongs to a running agent, or cannot be written."""


@dataclass(frozen=True)
class Report:
    """How a task ended: the input of `completeTask` or `failTask` besides the lease."""

    task_id: str
    lease_token: str = field(repr=False)
    verb: Literal["complete", "fail"]
    content: Mapping[str, object] = field(repr=False)


class Journal:
    """One row for each lease that was begun and is not yet reported.

    Each write blocks until it is on the disk, and raises JournalUnusable when it cannot be.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Opens the folder's journal, made if missing, for its owner and one process only."""
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = folder / _FILE
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
            _close_to_others(folder)
            return cls(_exclusive(path))
        except (OSError, sqlite3.Error) as error:
            raise JournalUnusable(_explained(folder, error)) from None

    def close(self) -> None:
        """Lets another agent use the folder."""
        self._connection.close()

    def begin(self, task_id: str, lease_token: str) -> None:
        """Before the agent may act under the lease; a lease is begun once."""
        statement = "INSERT INTO begun (task_id, lease_token) VALUES (?, ?)"
        self._write(statement, task_id, lease_token)

    def finish(self, report: Report) -> None:
        """After acting, before reporting."""
        statement = "UPDATE begun SET verb = ?, content = ? WHERE lease_token = ?"
        self._write(statement, report.verb, json.dumps(report.content), report.lease_token)

    def forget(self, lease_token: str) -> None:
        """The server has the report, or there is none to send."""
        self._write("DELETE FROM begun WHERE lease_token = ?", lease_token)

    def unreported(self) -> list[Report]:
        """What was finished and not yet reported."""
        rows = self._rows("task_id, lease_token, verb, content", "verb IS NOT NULL")
        return [
            Report(task, lease, verb, json.loads(content)) for task, lease, verb, content in rows
        ]

    def unfinished(self) -> list[tuple[str, str]]:
        """Task id and lease token of what was begun and has no recorded outcome."""
        return self._rows("task_id, lease_token", "verb IS NULL")

    def _rows(self, columns: str, condition: str) -> list[Any]:
        return self._connection.execute(f"SELECT {columns} FROM begun WHERE {condition}").fetchall()

    def _write(self, statement: str, *values: str) -> None:
        try:
            with self._connection:
                self._connection.execute(statement, values)
        except sqlite3.Error as error:
            raise JournalUnusable(f"the journal cannot be written: {error}") from None


def _close_to_others(folder: Path) -> None:
    """For folders that were made by the user, or by an earlier version."""
    with suppress(PermissionError):
        folder.chmod(0o700)
        for path in folder.glob(f"{_FILE}*"):
            path.chmod(0o600)


def _exclusive(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=0)
    try:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        with connection:
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute(_TABLE)
    except BaseException:
        connection.close()
        raise
    return connection


def _explained(folder: Path, error: Exception) -> str:
    if "locked" in str(error):
        return f"another agent is running with the data folder {folder}"
    return f"the data folder {folder} cannot be used: {error}"
