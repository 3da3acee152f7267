"""What a driver is, and where installed ones are found."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import entry_points
from typing import Protocol, cast

from app.agent.errors import WrongOption

GROUP = "zenmode.drivers"


@dataclass(frozen=True)
class AgentTask:
    """One task as a driver sees it. `action_type` is the schema's, `attempt` counts from 1."""

    id: str
    action_type: str
    linkedin_account_id: str
    profile_url: str = field(repr=False)
    message: str | None = field(repr=False)
    attempt: int


class ActionFailed(Exception):
    """The action was not carried out, and the driver knows that it had no effect.

    `retryable` says whether another try may go better; `retry_after_seconds` when.
    """

    def __init__(
        self,
        code: str,
        message: str,
        retryable: bool = True,
        retry_after_seconds: int | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.retryable = retryable
        self.retry_after_seconds = retry_after_seconds


class Driver(Protocol):
    """Carries out actions on LinkedIn.

    Any exception but ActionFailed means that nobody knows whether the action took effect; such
    a task is never tried again by itself.
    """

    async def perform(self, task: AgentTask) -> Mapping[str, object]:
        """Carries out the task and returns what to report, a JSON object.

        Cancelled when the agent must not act any more: it has seconds to stop, and nothing may
        go on in the background after that. An agent that cannot stop it ends its process.
        """
        ...


@dataclass(frozen=True)
class DriverFacts:
    """What the server is told of a driver.

    A driver says so by attributes of its own: `is_dry_run` if it performs nothing on LinkedIn,
    `is_attended` if a person does the clicking.
    """

    name: str
    version: str | None
    is_dry_run: bool
    is_attended: bool


class UnknownDriver(WrongOption):
    """No installed package has a driver of that name."""


def installed_drivers() -> list[str]:
    """The names of the drivers that installed packages bring."""
    return sorted(entry_points(group=GROUP).names)


def facts_of(name: str, driver: Driver) -> DriverFacts:
    """What there is to say of a loaded driver."""
    package = entry_points(group=GROUP)[name].dist
    return DriverFacts(
        name=name,
        version=package.version if package else None,
        is_dry_run=getattr(driver, "is_dry_run", False) is True,
        is_attended=getattr(driver, "is_attended", False) is True,
    )


def load_driver(name: str, pace_seconds: float) -> Driver:
    """The driver of that name, made with the pace: seconds to take for each action."""
    found = entry_points(group=GROUP)
    if name not in found.names:
        known = ", ".join(sorted(found.names)) or "none"
        raise UnknownDriver(f"there is no driver {name!r}; installed: {known}")
    make = cast(Callable[..., Driver], found[name].load())
    return make(pace_seconds=pace_seconds)
