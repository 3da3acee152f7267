"""Desktop agents: what one says of itself, and whether it is there."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.ids import is_valid_id
from app.domain.input.validator import Validator
from app.domain.tasks.lease import MAX_ACCOUNTS
from app.domain.times import MS_PER_SECOND

ONLINE_MS = 60 * MS_PER_SECOND
POLL_SECONDS = 30
LEASE_SECONDS = 60
MAX_DRIVER_LENGTH = 100
MAX_DRIVER_VERSION_LENGTH = 64
_FIELDS = (
    "features",
    "driver",
    "driver_version",
    "is_attended",
    "linkedin_account_ids",
    "is_dry_run",
)


class AgentKind(StrEnum):
    """Who carries tasks out: the desktop app, or a person at the desk."""

    DESKTOP = "desktop"
    DESK = "desk"


class AgentFeature(StrEnum):
    """What an agent can do beyond the common: mark the point of no return, look what was done."""

    MARKS = "marks"
    RECONCILES = "reconciles"


@dataclass(frozen=True, slots=True)
class Announcement:
    """What an agent says of itself when it starts."""

    features: tuple[AgentFeature, ...]
    driver: str | None
    driver_version: str | None
    is_attended: bool
    is_dry_run: bool
    account_ids: tuple[str, ...]


def validate_announcement(raw: Mapping[str, object]) -> Announcement:
    """Raises BadInput that names every bad field; an id that cannot be one is left in."""
    fields = Validator(raw, _FIELDS)
    sent_ids = raw.get("linkedin_account_ids", [])
    ids = tuple(dict.fromkeys(sent_ids)) if isinstance(sent_ids, list) else ()
    if len(ids) > MAX_ACCOUNTS:
        fields.add_error("linkedin_account_ids", f"must hold at most {MAX_ACCOUNTS} ids")
    announcement = Announcement(
        features=_features(raw.get("features")),
        driver=fields.optional_text("driver", max_length=MAX_DRIVER_LENGTH),
        driver_version=fields.optional_text("driver_version", max_length=MAX_DRIVER_VERSION_LENGTH),
        is_attended=bool(fields.boolean("is_attended")),
        is_dry_run=bool(fields.boolean("is_dry_run")),
        account_ids=ids,
    )
    fields.raise_if_invalid()
    return announcement


def _features(sent: object) -> tuple[AgentFeature, ...]:
    """In the schema's order, each once."""
    named = set(sent) if isinstance(sent, list) else set()
    return tuple(one for one in AgentFeature if one in named)


def are_valid_ids(announcement: Announcement) -> bool:
    """Whether each account that it names can be one at all."""
    return all(is_valid_id(one) for one in announcement.account_ids)


def is_online(
    *, last_seen_at: int | None, offline_at: int | None, revoked_at: int | None, now: int
) -> bool:
    """Heard within the last minute, and not since it said that it goes. Times in ms."""
    if last_seen_at is None or revoked_at is not None:
        return False
    return now - last_seen_at < ONLINE_MS and (offline_at is None or last_seen_at > offline_at)
