"""Documents at random are answered by plans as by graphql-core alone, and change the same.

The same operations, one after the other, by every kind of caller: once where each has its plan,
once on a copy of the database where none has. Answers, the order of their parts, errors and what is
stored in the end are equal. `ZENMODE_TEST_FUZZ` is how many operations there are, and
`ZENMODE_TEST_FUZZ_SEED` where they begin.
"""

import os
import re
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any

import orjson
import pytest
from graphql import ExecutionResult

from app.domain.access.caller import Caller
from app.domain.input.strict_json import decode_object
from app.graphql_engine.document import Documents, Operation, Refusal
from app.graphql_engine.error_format import ErrorFormat
from app.graphql_engine.execution import Execution
from app.schema import schema
from app.schema.context import Context
from app.services.services import Services
from app.settings import Settings, load_settings
from app.wiring import open_services
from tests.actions.room import open_room
from tests.schema.fuzz.writer import Writer, Written

COUNT = int(os.environ.get("ZENMODE_TEST_FUZZ", "200"))
SEED = int(os.environ.get("ZENMODE_TEST_FUZZ_SEED", "1"))
_BATCH = 400
_PROFILE = "https://linkedin.com/in/jane"
_NOW = 1_790_000_000_000
# Made at random, or at the cost of a password's hash.
_LEFT_OUT = frozenset({"signUp", "signIn", "token", "secret", "leaseToken", "hint"})
_ID = re.compile(r"\b(?:task|acc|dlv|key|agt|usr|ws|att|evt|sess)_[0-9a-z_]+")
_TABLES = {
    "tasks": "action_type, status, payload, priority, max_retries, result, scheduled_at",
    "linkedin_accounts": "name, profile_url, status, is_default",
    "webhooks": "url, events, enabled",
    "deliveries": "event, status, body",
    "api_keys": "name, expires_at, revoked_at",
    "agents": "name, revoked_at",
}


class _NoPlans:
    """Where graphql-core is alone."""

    def find(self, *_: object, **__: object) -> None:
        """No plan."""


@dataclass
class World:
    """The product's rooms on one database, with a clock that stands still in an operation."""

    services: Services
    documents: Documents = field(default_factory=lambda: Documents(schema._schema))
    execution: Execution = field(default_factory=lambda: Execution(schema))
    errors: ErrorFormat = field(default_factory=lambda: ErrorFormat(schema._schema))

    async def answer(
        self, written: Written, caller: Caller | None, *, planned: bool
    ) -> tuple[bytes, bool]:
        """The body of an answer, and whether it came from a plan."""
        variables = decode_object(orjson.dumps(written.variables))
        read = self.documents.read(written.text, None, variables)
        if isinstance(read, Refusal):
            return self._body(read), False
        read.plans.find(schema, variables)
        has_plan = planned and read.plans.find(schema, variables) is not None
        operation = read if planned else _without_plans(read)
        context = Context(self.services, caller, "req_1")
        return self._body(await self.execution.run(operation, variables, context)), has_plan

    def _body(self, result: ExecutionResult | Refusal) -> bytes:
        data = result.data if isinstance(result, ExecutionResult) else "refused"
        return orjson.dumps([data, self.errors.every(result.errors or [], "req_1")])


def _without_plans(operation: Operation) -> Operation:
    no_plans: Any = _NoPlans()
    return replace(operation, plans=no_plans)


@dataclass
class Told:
    """What one world answered, with ids by the order in which they came up."""

    answers: list[str] = field(default_factory=list)
    plan_count: int = 0
    stored: str = ""
    _ids: dict[str, str] = field(default_factory=dict)

    def comparable(self, text: str) -> str:
        """The text with ids that are equal in both worlds."""
        return _ID.sub(lambda found: self._ids.setdefault(found[0], f"#{len(self._ids)}"), text)


@pytest.mark.timeout(120 + COUNT)
async def test_plans_and_graphql_core_answer_and_store_the_same(
    sqlite_url: str, redis_url: str, tmp_path: Path
) -> None:
    stage = Stage(Path(sqlite_url.removeprefix("sqlite:///")), redis_url, tmp_path)
    await stage.furnish()
    refused = planned = 0
    for seed in range(SEED, SEED + -(-COUNT // _BATCH)):
        writer = Writer(schema._schema, Random(seed), stage.words, _LEFT_OUT)
        written = [writer.operation() for _ in range(min(COUNT, _BATCH))]
        by_plans = await stage.told(written, planned=True)
        alone = await stage.told(written, planned=False)
        for one, ours, theirs in zip(written, by_plans.answers, alone.answers, strict=True):
            assert ours == theirs, (seed, one.text, one.variables)
            assert "INTERNAL" not in ours, (seed, one.text, one.variables, ours)
        assert by_plans.stored == alone.stored, seed
        refused += sum(answer.startswith('["refused"') for answer in by_plans.answers)
        planned += by_plans.plan_count
    told = f"{COUNT} operations, {refused} refused, {planned} by plans, no difference"
    print(told)
    assert planned > COUNT / 4, told
    assert COUNT / 20 < refused < COUNT * 2 / 3, told


@dataclass
class Stage:
    """A furnished database, of which every batch of operations gets copies."""

    file: Path
    redis_url: str
    folder: Path
    callers: tuple[Caller | None, ...] = ()
    words: dict[str, list[Any]] = field(default_factory=dict)

    async def furnish(self) -> None:
        """A workspace with something of everything, its callers, and values that mean something."""
        async with open_services(self._settings(self.file)) as services:
            room = await open_room(replace(services, clock=lambda: _NOW))
            tasks = [await room.create_task(priority=number) for number in range(4)]
            (lease,) = await room.claim()
        self.callers = (None, room.person, room.key, room.agent)
        self.words = {
            "ID": [*(one.id for one in tasks), room.account_id, "task_0_00000000", "nope"],
            "String": ["", "a", "é😀", _PROFILE, "https://203.0.113.7/", lease.lease_token],
            "Int": [0, 1, 2, 50, 100, 101, -1, 2**31 - 1],
            "Boolean": [True, False],
            "DateTime": [
                "2026-11-25T00:00:00Z",
                "2027-01-01T01:00:00+01:00",
                "1970-01-01T00:00:00Z",
            ],
        }

    async def told(self, written: list[Written], *, planned: bool) -> Told:
        """What is answered on a new copy, and what is stored in the end."""
        told = Told()
        copy = self.folder / "copy.db"
        shutil.copyfile(self.file, copy)
        async with open_services(self._settings(copy)) as services:
            # Each operation has a time of its own, since ids, which are random, order equals.
            time = [_NOW]
            world = World(replace(services, clock=lambda: time[0]))
            for number, one in enumerate(written):
                time[0] += 1_000
                caller = self.callers[number % len(self.callers)]
                answer, has_plan = await world.answer(one, caller, planned=planned)
                told.answers.append(told.comparable(answer.decode()))
                told.plan_count += has_plan
        with closing(sqlite3.connect(copy)) as database:
            told.stored = told.comparable(repr([_rows(database, one) for one in _TABLES]))
        return told

    def _settings(self, file: Path) -> Settings:
        environ = {
            "ZENMODE_DATABASE_URL": f"sqlite:///{file}",
            "ZENMODE_REDIS_URL": self.redis_url,
            "ZENMODE_SECRET_KEY": "k" * 32,
            "ZENMODE_PACING": "off",
        }
        return load_settings(environ, env_file=None, data_dir=self.folder)


def _rows(database: sqlite3.Connection, table: str) -> list[Any]:
    return database.execute(f"SELECT {_TABLES[table]} FROM {table} ORDER BY rowid").fetchall()
