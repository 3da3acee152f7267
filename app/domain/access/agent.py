"""Agents: what an agent announces, and when it is online."""

from enum import StrEnum
from typing import ClassVar

from app.domain.access.api_key import credential_name
from app.domain.access.caller import AGENTS, PEOPLE, CallerKind
from app.domain.access.served_accounts import MAX_ACCOUNTS
from app.domain.ids import is_valid_id
from app.domain.input.fields import boolean, choices, described, ids, text
from app.domain.times import MS_PER_SECOND

ONLINE_MS = 60 * MS_PER_SECOND
POLL_SECONDS = 30
MAX_DRIVER_LENGTH = 100
MAX_DRIVER_VERSION_LENGTH = 64


class AgentKind(StrEnum):
    """Who performs tasks: a desktop agent, or a person at the desk."""

    DESKTOP = "desktop"
    DESK = "desk"


class AgentFeature(StrEnum):
    """What some agents can do: mark the point of no return, look up what was done."""

    MARKS = "marks"
    RECONCILES = "reconciles"


@described
class NewAgent:
    """An agent to be created."""

    senders: ClassVar[frozenset[CallerKind]] = PEOPLE

    name: str = credential_name()


@described
class Announcement:
    """What an agent announces of itself when it starts. An id is not checked for its format."""

    senders: ClassVar[frozenset[CallerKind]] = AGENTS

    features: tuple[AgentFeature, ...] = choices(AgentFeature)
    driver: str | None = text(max_length=MAX_DRIVER_LENGTH, default=None)
    driver_version: str | None = text(max_length=MAX_DRIVER_VERSION_LENGTH, default=None)
    is_attended: bool = boolean(default=False)
    linkedin_account_ids: tuple[str, ...] = ids(max_items=MAX_ACCOUNTS, default=())
    is_dry_run: bool = boolean(default=False)


def are_valid_ids(announcement: Announcement) -> bool:
    """Whether each account id that it names has the format of one."""
    return all(is_valid_id(one) for one in announcement.linkedin_account_ids)


def is_online(
    *, last_seen_at: int | None, offline_at: int | None, revoked_at: int | None, now: int
) -> bool:
    """Whether an agent was seen within the last minute and has not gone offline since. In ms."""
    if last_seen_at is None or revoked_at is not None:
        return False
    return now - last_seen_at < ONLINE_MS and (offline_at is None or last_seen_at > offline_at)
