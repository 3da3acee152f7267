"""LinkedIn accounts and the addresses of profiles."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from unicodedata import normalize
from urllib.parse import unquote_to_bytes

from app.domain.input.validator import Validator
from app.domain.linkedin.profile_url import find_slug, profile_url_problem

MAX_URL_LENGTH = 2_048
MAX_NAME_LENGTH = 200


class AccountStatus(StrEnum):
    """Whether tasks of a LinkedIn account are carried out."""

    ACTIVE = "active"
    PAUSED = "paused"
    DISCONNECTED = "disconnected"


@dataclass(frozen=True, slots=True)
class NewLinkedInAccount:
    """A LinkedIn account to be connected, found good."""

    name: str
    profile_url: str


@dataclass(frozen=True, slots=True)
class LinkedInAccountChange:
    """What is to be changed on an account; None leaves a thing as it is."""

    name: str | None
    status: AccountStatus | None
    is_default: bool | None


def profile_key(url: str) -> str:
    """Who a profile's address leads to: equal for all spellings of one person's slug.

    Percent-decoded, Unicode's NFKC, case folded. Raises ValueError for what is not the address of a
    profile.
    """
    slug = _decoded(find_slug(url)).strip()
    return normalize("NFKC", normalize("NFKC", slug).casefold())


def _decoded(slug: str) -> str:
    try:
        decoded = unquote_to_bytes(slug).decode()
    except UnicodeDecodeError:
        return slug
    # No database keeps a NUL in a text.
    return slug if "\0" in decoded else decoded


def read_profile_url(fields: Validator, name: str = "profile_url") -> str:
    """A required profile address, kept as sent."""
    noted = len(fields.problems)
    url = fields.text(name, max_length=MAX_URL_LENGTH)
    if len(fields.problems) == noted and (problem := profile_url_problem(url)):
        fields.add_error(name, problem)
    return url


def validate_new_linkedin_account(raw: Mapping[str, object]) -> NewLinkedInAccount:
    """Raises BadInput that names every bad field."""
    fields = Validator(raw, ("name", "profile_url"))
    new = NewLinkedInAccount(
        name=fields.text("name", max_length=MAX_NAME_LENGTH),
        profile_url=read_profile_url(fields),
    )
    fields.raise_if_invalid()
    return new


def validate_linkedin_account_change(raw: Mapping[str, object]) -> LinkedInAccountChange:
    """Raises BadInput; an account is disconnected by its own verb, never by a change."""
    fields = Validator(raw, ("name", "status", "is_default"))
    status = fields.choice("status", AccountStatus) if fields.has("status") else None
    if status is AccountStatus.DISCONNECTED:
        fields.add_error("status", "must be ACTIVE or PAUSED")
    change = LinkedInAccountChange(
        name=fields.optional_text("name", max_length=MAX_NAME_LENGTH),
        status=status,
        is_default=fields.boolean("is_default"),
    )
    fields.raise_if_invalid()
    return change
