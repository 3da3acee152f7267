"""The live view of many rows: every change from now on, from events and from the database."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from app.actions.steps.live_view import LiveView, Progress
from app.domain.errors import Unavailable
from app.domain.event import Event
from app.domain.shared_change import SharedChange
from app.models.change import ChangePosition
from app.services.services import Services


class ChangingRow(Protocol):
    """A row that says when it changed; `updated_at` is in milliseconds."""

    @property
    def updated_at(self) -> int: ...
    @property
    def seq(self) -> int: ...


Row = TypeVar("Row", bound=ChangingRow)


@dataclass(frozen=True, slots=True)
class RowReader(Generic[Row]):
    """How a live view reads its rows.

    `of_event` returns a coroutine for the row of an event, or None for an event about other things.
    `page_after` returns up to `page_size` rows that changed after a position. `is_new` says whether
    a row is wanted and was not sent in this state before.
    """

    of_event: Callable[[Event], Awaitable[SharedChange[Row] | None] | None]
    page_after: Callable[[ChangePosition], Awaitable[list[Row]]]
    page_size: int
    is_new: Callable[[Row], bool]


async def watch_rows(
    services: Services, workspace_id: str, reader: RowReader[Row]
) -> AsyncGenerator[SharedChange[Row], None]:
    """Yields every change that is new, from now on. A database outage does not end it."""
    progress = Progress(services.now())

    def is_to_be_sent(row: Row) -> bool:
        progress.received(row.updated_at, services.now())
        return reader.is_new(row)

    async with services.events.listen(workspace_id) as mailbox:
        view = LiveView(mailbox)
        view.done()
        while True:
            event = await view.next()
            try:
                if event is None:
                    async with aclosing(_changed_since(reader, progress.since)) as rows:
                        async for row in rows:
                            if is_to_be_sent(row):
                                yield SharedChange(row)
                    view.done()
                elif (reading := reader.of_event(event)) is not None:
                    view.postpone()
                    change = await reading
                    if change is not None and is_to_be_sent(change.row):
                        yield change
            except Unavailable:
                view.failed()


async def _changed_since(reader: RowReader[Row], since: int) -> AsyncGenerator[Row, None]:
    """Yields all rows that changed since a time, page by page."""
    position = ChangePosition(since)
    while True:
        page = await reader.page_after(position)
        for row in page:
            yield row
        if len(page) < reader.page_size:
            return
        position = ChangePosition(page[-1].updated_at, page[-1].seq)
