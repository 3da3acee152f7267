"""Live views outlast a database that is out of reach, and events of other releases."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from typing import Any

import orjson
import pytest

from app.actions.deliveries import watch_deliveries
from app.actions.deliveries.watch_deliveries import watch_deliveries as deliveries_watched
from app.actions.leases.watch_work import watch_work
from app.actions.steps import live_view
from app.actions.tasks import watch_tasks
from app.actions.tasks.cancel_task import cancel_task
from app.actions.tasks.watch_tasks import watch_task
from app.actions.tasks.watch_tasks import watch_tasks as tasks_watched
from app.domain.errors import Unavailable
from app.domain.tasks.task_filter import TaskFilter
from app.gateways.redis.events import CHANNEL
from app.gateways.redis.redis_connection import connect_redis
from app.models.tables.webhook import Delivery
from app.services.services import Services
from tests.actions.room import Room
from tests.actions.test_watching import seen
from tests.actions.webhook_receivers import queued, webhook_of
from tests.waiting import until

ALL = TaskFilter()


class Cut:
    """The way to a real database, that a test can cut; `refusals` counts who met the cut."""

    def __init__(self, database: Any) -> None:
        self._database = database
        self.is_cut = False
        self.refusals = 0

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._database, name)
        if not self.is_cut or name not in ("row", "rows", "change", "read", "transaction"):
            return found

        async def refuse(*arguments: Any) -> Any:
            if name == "read":
                arguments[0].close() if hasattr(arguments[0], "close") else None
            self.refusals += 1
            raise Unavailable("the database is out of reach")

        return refuse


@pytest.fixture(autouse=True)
async def _quick(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """Looks follow each other fast; the waits of the product are for real traffic."""
    monkeypatch.setattr(live_view, "_READ_SOON_SECONDS", (0.01, 0.05))
    await until(lambda: room.services.events.is_connected)


@pytest.fixture
def cut(room: Room) -> Cut:
    return Cut(room.services.database)


@pytest.fixture
def watching(room: Room, cut: Cut) -> Services:
    """What subscribers look through; whoever changes something has a way of its own."""
    return replace(room.services, database=cut)  # type: ignore[arg-type]


@pytest.fixture
async def tell(redis_url: str, room: Room) -> AsyncIterator[Callable[..., Awaitable[None]]]:
    """Publishes messages as another process of the fleet does."""
    async with connect_redis(room.services.settings.redis) as redis:

        async def publish(*messages: object) -> None:
            await redis.publish(CHANNEL, orjson.dumps(messages))

        yield publish


async def listening(room: Room) -> None:
    await until(lambda: room.services.events.listener_count)


async def missed(tell: Callable[..., Awaitable[None]], cut: Cut) -> None:
    """Everybody looks, and finds no database."""
    before = cut.refusals
    await tell({"kind": "missed"})
    await until(lambda: cut.refusals > before + 1)


async def silently_cancelled(room: Room, task_id: str) -> None:
    """A change of which no event tells."""
    silent = replace(room.services, events=_Silent())  # type: ignore[arg-type]
    await cancel_task(silent, room.key, task_id)


class _Silent:
    def __getattr__(self, name: str) -> Any:
        return lambda *_: None


async def test_a_task_is_shown_to_its_end_over_an_outage(
    room: Room, watching: Services, cut: Cut, tell: Any
) -> None:
    task = await room.create_task()
    async with seen(watch_task(watching, room.key, task.id)) as shown:
        await until(lambda: shown)
        cut.is_cut = True
        await missed(tell, cut)
        await silently_cancelled(room, task.id)
        cut.is_cut = False
        await until(lambda: len(shown) == 2)
    assert [one.row.status for one in shown] == ["pending", "cancelled"]


async def test_a_view_that_begins_in_an_outage_waits_for_its_end(
    room: Room, watching: Services, cut: Cut
) -> None:
    silent = replace(room.services, events=_Silent())  # type: ignore[arg-type]
    task = await replace(room, services=silent).create_task()
    cut.is_cut = True
    async with (
        seen(watch_task(watching, room.key, task.id)) as shown,
        seen(watch_work(watching, room.agent, [room.account_id])) as rung,
    ):
        await until(lambda: cut.refusals > 3)
        assert (shown, rung) == ([], [])
        cut.is_cut = False
        await until(lambda: shown and rung)
    assert shown[0].row.status == "pending"
    assert rung[0] == [room.account_id]


async def test_updates_go_on_after_an_outage_with_what_happened_in_it(
    room: Room, watching: Services, cut: Cut, tell: Any
) -> None:
    task = await room.create_task()
    async with seen(tasks_watched(watching, room.key, ALL)) as shown:
        await listening(room)
        cut.is_cut = True
        await missed(tell, cut)
        await silently_cancelled(room, task.id)
        cut.is_cut = False
        await until(lambda: [one.row.status for one in shown][-1:] == ["cancelled"])


async def test_events_do_not_make_a_view_forget_that_it_still_has_to_look(
    room: Room, watching: Services, cut: Cut, tell: Any
) -> None:
    silent_one, loud_one = await room.create_task(), await room.create_task()
    async with seen(tasks_watched(watching, room.key, ALL)) as shown:
        await listening(room)
        cut.is_cut = True
        await missed(tell, cut)
        await silently_cancelled(room, silent_one.id)
        await cancel_task(room.services, room.key, loud_one.id)
        await until(lambda: loud_one.id in {one.row.id for one in shown})
        cut.is_cut = False
        await until(lambda: silent_one.id in {one.row.id for one in shown})


async def test_subscribers_are_notified_after_an_outage_for_work_that_came_in_it(
    room: Room, watching: Services, cut: Cut
) -> None:
    async with seen(watch_work(watching, room.agent, [room.account_id])) as rung:
        await listening(room)
        cut.is_cut = True
        await room.create_task()
        await until(lambda: cut.refusals > 1)
        cut.is_cut = False
        await until(lambda: rung)


async def test_a_delivery_that_nobody_could_read_is_shown_after_the_outage(
    room: Room, watching: Services, cut: Cut, tell: Any
) -> None:
    webhook = await webhook_of(room)
    async with seen(deliveries_watched(watching, room.key, webhook.id)) as shown:
        await listening(room)
        cut.is_cut = True
        delivery = await queued(room, webhook)
        await until(lambda: cut.refusals > 1)
        cut.is_cut = False
        await until(lambda: shown)
    assert [one.row.id for one in shown] == [delivery.id]


SNAPSHOTS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "a column more": lambda task: {**task, "mood": "good", "colour": None},
    "a column less": lambda task: {k: v for k, v in task.items() if k != "retry_of"},
    "most columns less": lambda task: {"id": task["id"]},
    "a column of another type": lambda task: {**task, "priority": "high"},
    "a column that may not be null": lambda task: {**task, "version": None},
}


@pytest.mark.parametrize("change", SNAPSHOTS.values(), ids=SNAPSHOTS.keys())
async def test_events_of_other_releases_are_understood(
    room: Room, tell: Any, change: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    task = await room.create_task()
    async with (
        seen(watch_task(room.services, room.key, task.id)) as one,
        seen(tasks_watched(room.services, room.key, ALL)) as every,
        seen(watch_work(room.services, room.agent, [room.account_id])) as rung,
    ):
        await until(lambda: one and rung and room.services.events.listener_count == 3)
        await silently_cancelled(room, task.id)
        snapshot = (await room.now(task)).snapshot()
        waiting = await room.create_task()
        await until(lambda: every)
        rung.clear()
        event = {"kind": "task", "workspace_id": room.workspace_id, "task": change(snapshot)}
        await tell(event)

        await until(lambda: [x.row.status for x in one] == ["pending", "cancelled"])
        await until(lambda: every[-1].row.id == task.id and every[-1].row.status == "cancelled")
        await until(lambda: rung)
        # And all of them go on.
        await cancel_task(room.services, room.key, waiting.id)
        await until(lambda: every[-1].row.id == waiting.id)


async def test_however_much_was_missed_all_of_it_is_shown(
    room: Room, tell: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch_tasks, "_PAGE", 10)
    async with seen(tasks_watched(room.services, room.key, ALL)) as shown:
        await listening(room)
        tasks = [await room.create_task() for _ in range(25)]
        await until(lambda: len(shown) == 25)
        changed_at = room.services.now()
        # Twenty within one moment, and five later.
        for number, task in enumerate(tasks):
            await room.services.database.change(
                "UPDATE tasks SET version = version + 1, updated_at = $1 WHERE id = $2",
                changed_at + max(0, number - 19),
                task.id,
            )
        await tell({"kind": "missed"})
        await until(lambda: len(shown) == 50)
        assert {one.row.id for one in shown[25:]} == {task.id for task in tasks}
        # Looking again shows nothing twice.
        await tell({"kind": "missed"})
        last = await room.create_task()
        await until(lambda: len(shown) > 50)
        assert shown[-1].row.id == last.id


async def test_however_many_deliveries_were_missed_all_are_shown(
    room: Room, tell: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch_deliveries, "_PAGE", 10)
    webhook = await webhook_of(room)
    async with seen(deliveries_watched(room.services, room.key, None)) as shown:
        await listening(room)
        made_at = room.services.now()
        for number in range(25):
            await Delivery.create(
                id=f"dlv_{number}",
                workspace_id=room.workspace_id,
                webhook_id=webhook.id,
                event="task.completed",
                body="{}",
                status="pending",
                next_attempt_at=made_at + 3_600_000,
                created_at=made_at,
                updated_at=made_at + max(0, number - 19),
            )
        await tell({"kind": "missed"})
        await until(lambda: len(shown) == 25)
        assert {one.row.id for one in shown} == {f"dlv_{number}" for number in range(25)}


async def test_a_clock_that_is_ahead_hides_no_later_change(room: Room, tell: Any) -> None:
    ahead, task = await room.create_task(), await room.create_task()
    async with seen(tasks_watched(room.services, room.key, ALL)) as shown:
        await listening(room)
        future = {**ahead.snapshot(), "version": 9, "updated_at": room.services.now() + 3_600_000}
        await tell({"kind": "task", "workspace_id": room.workspace_id, "task": future})
        await until(lambda: shown)
        await silently_cancelled(room, task.id)
        await tell({"kind": "missed"})
        await until(lambda: shown[-1].row.id == task.id)


async def test_a_task_in_a_busy_workspace_is_looked_at_all_the_same(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_view, "_READ_AGAIN_SECONDS", (0.3, 0.3))
    task = await room.create_task()

    async def be_busy() -> None:
        while True:
            room.services.events.task_changed({**task.snapshot(), "id": "task_of_somebody"})
            await asyncio.sleep(0.05)

    busy = asyncio.create_task(be_busy())
    async with seen(watch_task(room.services, room.key, task.id)) as shown:
        await until(lambda: shown)
        await silently_cancelled(room, task.id)
        await until(lambda: shown[-1].row.status == "cancelled")
    busy.cancel()
