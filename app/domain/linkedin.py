"""LinkedIn accounts and the addresses of profiles."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.checking import Fields

MAX_URL_LENGTH = 2_048
MAX_NAME_LENGTH = 200

_PROFILE = re.compile(
    r"(?i:https?://(?:(?:www|[a-z]{2})\.)?linkedin\.com)"
    r"/in/(?P<slug>[^/?#\\\s\x00-\x1f\x7f]+)/?(?:\?[^#\s]*)?(?:#\S*)?"
)


class AccountStatus(StrEnum):
    """Whether tasks of a LinkedIn account are carried out."""

    ACTIVE = "active"
    PAUSED = "paused"
    DISCONNECTED = "disconnected"


@dataclass(frozen=True, slots=True)
class AccountOrder:
    """A LinkedIn account to be connected, found good."""

    name: str
    profile_url: str


@dataclass(frozen=True, slots=True)
class AccountChange:
    """What is to be changed on an account; None leaves a thing as it is."""

    name: str | None
    status: AccountStatus | None
    is_default: bool | None


def is_profile_url(url: str) -> bool:
    """Whether this is the address of a person's profile, with or without slash and query."""
    found = _PROFILE.fullmatch(url)
    return found is not None and found["slug"] not in (".", "..")


def profile_key(url: str) -> str:
    """What two spellings of one profile's address have in common: the slug, in lower case."""
    found = _PROFILE.fullmatch(url)
    if found is None:
        raise ValueError("not a profile address")
    return found["slug"].lower()


def read_profile_url(fields: Fields, name: str = "profile_url") -> str:
    """A required profile address, kept as sent."""
    noted = len(fields.problems)
    url = fields.text(name, max_length=MAX_URL_LENGTH)
    if len(fields.problems) == noted and not is_profile_url(url):
        fields.refuse(name, "must be a LinkedIn profile address")
    return url


def check_account_order(raw: Mapping[str, object]) -> AccountOrder:
    """Raises BadInput that names every bad field."""
    fields = Fields(raw, ("name", "profile_url"))
    order = AccountOrder(
        name=fields.text("name", max_length=MAX_NAME_LENGTH),
        profile_url=read_profile_url(fields),
    )
    fields.finish()
    return order


def check_account_change(raw: Mapping[str, object]) -> AccountChange:
    """Raises BadInput; an account is disconnected by its own verb, never by a change."""
    fields = Fields(raw, ("name", "status", "is_default"))
    status = fields.choice("status", AccountStatus) if fields.has("status") else None
    if status is AccountStatus.DISCONNECTED:
        fields.refuse("status", "must be active or paused")
    change = AccountChange(
        name=fields.optional_text("name", max_length=MAX_NAME_LENGTH),
        status=status,
        is_default=fields.boolean("is_default"),
    )
    fields.finish()
    return change
