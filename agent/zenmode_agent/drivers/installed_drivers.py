"""Finding drivers among the installed packages."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import cast

from zenmode_agent.drivers.driver import Driver
from zenmode_agent.errors import WrongOption

GROUP = "zenmode.drivers"


@dataclass(frozen=True)
class DriverFacts:
    """What an agent announces about a driver.

    A driver declares it by attributes: `is_dry_run` if it performs nothing on LinkedIn,
    `is_attended` if a person clicks.
    """

    name: str
    version: str | None
    is_dry_run: bool
    is_attended: bool


class UnknownDriver(WrongOption):
    """No installed package has a driver of that name."""


def installed_drivers() -> list[str]:
    """The names of the drivers in installed packages."""
    return sorted(entry_points(group=GROUP).names)


def facts_of(name: str, driver: Driver) -> DriverFacts:
    """The facts about a loaded driver."""
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
