"""A workspace to act in: its callers, its account, and a clock that tests can move."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from app.actions.leases.start_task import start_task
from app.actions.tasks.read_tasks import attempts_at, get_task
from app.domain.access.caller import Caller, CallerKind
from app.domain.leases.lease import Lease
from app.models.tables.credential import Agent
from app.models.tables.webhook import Delivery
from app.models.tasks.task_rows import AttemptRow, TaskRow
from app.services.services import Services
from tests.actions.calls import claim_tasks, create_agent, create_task
from tests.workspaces import bootstrap

PROFILE = "https://linkedin.com/in/jane-doe"


@dataclass
class Clock:
    """Real time, and what a test adds to it."""

    real: Callable[[], int]
    ahead_ms: int = 0

    def __call__(self) -> int:
        return self.real() + self.ahead_ms

    def advance(self, *, seconds: float) -> None:
        """Let time pass."""
        self.ahead_ms += round(seconds * 1_000)


@dataclass
class Events:
    """Records what is published, and publishes it."""

    bus: Any
    workspace_id: str = ""
    published: list[tuple[str, Any]] = field(default_factory=list)

    def task_changed(self, snapshot: dict[str, Any]) -> None:
        # A sweep deals with every workspace of the database, not with ours alone.
        if snapshot["workspace_id"] == self.workspace_id:
            self.published.append(("task", snapshot["status"]))
        self.bus.task_changed(snapshot)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.bus, name)


@dataclass
class Room:
    """One workspace, in which tests act."""

    services: Services
    clock: Clock
    workspace_id: str
    account_id: str
    person: Caller
    key: Caller
    agent: Caller

    async def create_task(self, action: str = "connect", **fields: Any) -> TaskRow:
        """Creates a task."""
        payload = {"profile_url": PROFILE}
        if action == "message":
            payload["message"] = "Hello"
        raw: Mapping[str, object] = {"action_type": action, "payload": payload, **fields}
        return (await create_task(self.services, self.key, raw)).task

    async def claim(
        self, agent: Caller | None = None, *, limit: int = 1, lease_seconds: int = 60
    ) -> list[TaskRow]:
        """What the agent gets."""
        return await claim_tasks(
            self.services,
            agent or self.agent,
            account_ids=[self.account_id],
            limit=limit,
            lease_seconds=lease_seconds,
        )

    async def held(self, **fields: Any) -> tuple[TaskRow, Lease]:
        """A task that the agent has claimed."""
        await self.create_task(**fields)
        (task,) = await self.claim()
        return task, lease_of(task)

    async def begun(self, **fields: Any) -> tuple[TaskRow, Lease]:
        """A task that the agent is at."""
        _, lease = await self.held(**fields)
        return await start_task(self.services, self.agent, lease), lease

    async def now(self, task: TaskRow) -> TaskRow:
        """The task as it is now."""
        found = await get_task(self.services, self.key, task.id)
        assert found is not None
        return found

    async def attempts(self, task: TaskRow) -> list[AttemptRow]:
        """The attempts at a task."""
        return await attempts_at(self.services, task)

    async def deliveries(self) -> list[Delivery]:
        """Everything that was queued for webhooks."""
        return await Delivery.all().order_by("seq")

    async def another_agent(self) -> Caller:
        """A second agent of the workspace."""
        memo = await create_agent(self.services, self.person, {"name": "Another"})
        return replace(self.agent, credential_id=memo.agent.id)


def lease_of(task: TaskRow) -> Lease:
    """The lease under which a claimed task is held."""
    assert task.lease_token is not None
    return Lease(task.id, task.lease_token)


async def open_room(services: Services, email: str = "owner@example.com") -> Room:
    """A new workspace on this database."""
    real = services.clock.real if isinstance(services.clock, Clock) else services.clock
    clock = Clock(real)
    events = Events(services.events)
    services = replace(services, clock=clock, events=events)
    memo = await bootstrap(services, email)
    events.workspace_id = memo.workspace_id
    agent = await Agent.get(workspace_id=memo.workspace_id)
    caller = Caller(CallerKind.API_KEY, memo.workspace_id, "key_of_tests", None, True)
    return Room(
        services=services,
        clock=clock,
        workspace_id=memo.workspace_id,
        account_id=memo.linkedin_account_id,
        person=replace(caller, kind=CallerKind.SESSION, credential_id="ses", user_id="usr"),
        key=caller,
        agent=replace(caller, kind=CallerKind.AGENT, credential_id=agent.id),
    )
