"""SQLite under Tortoise, made fit for several processes on one file.

A deferred BEGIN that reads first and writes then fails at once when another process wrote in
between; BEGIN IMMEDIATE waits its turn. A script runs inside the open transaction instead of
committing it, so that a migration is whole or not at all.
"""

import sqlite3
from typing import Any

from tortoise.backends.base.client import NestedTransactionContext, TransactionContext
from tortoise.backends.sqlite.client import (
    SqliteClient,
    SqliteTransactionContext,
    SqliteTransactionWrapper,
    translate_exceptions,
)


class ImmediateTransaction(SqliteTransactionWrapper):
    """A transaction that takes the write lock when it begins."""

    def _in_transaction(self) -> TransactionContext:
        return NestedTransactionContext(ImmediateTransaction(self))

    @translate_exceptions
    async def _begin(self, statement: str) -> None:
        await self._connection.execute(statement)

    async def begin(self) -> None:
        """Wait for the write lock for as long as the busy timeout allows."""
        await self._begin("BEGIN IMMEDIATE")

    async def execute_script(self, query: str) -> None:
        """Run the statements of a script one by one."""
        async with self.acquire_connection() as connection:
            for statement in _statements(query):
                await connection.execute(statement)


class ImmediateSqliteClient(SqliteClient):
    """One connection with a thread of its own; writers queue for the file."""

    def _in_transaction(self) -> TransactionContext:
        return SqliteTransactionContext(ImmediateTransaction(self), self._lock)


def _statements(script: str) -> list[str]:
    found, pending = [], ""
    for piece in script.split(";"):
        pending += piece + ";"
        if sqlite3.complete_statement(pending):
            found.append(pending)
            pending = ""
    return [one for one in found if one.strip(" \n;")]


client_class: Any = ImmediateSqliteClient
