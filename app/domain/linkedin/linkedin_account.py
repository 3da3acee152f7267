"""LinkedIn accounts and the addresses of profiles."""

from enum import StrEnum
from typing import Any, ClassVar, Final
from unicodedata import normalize
from urllib.parse import unquote_to_bytes

from app.domain.access.caller import PEOPLE, PEOPLE_AND_AGENTS, CallerKind
from app.domain.input.fields import boolean, choice, described, object_id, text, time
from app.domain.input.input_field import LEFT_OUT, LeftOut
from app.domain.linkedin.profile_url import find_slug, profile_url_problem

MAX_URL_LENGTH: Final = 2_048
MAX_NAME_LENGTH: Final = 200
MAX_NOTE_LENGTH: Final = 500


class AccountStatus(StrEnum):
    """Whether tasks of a LinkedIn account run."""

    ACTIVE = "active"
    PAUSED = "paused"
    DISCONNECTED = "disconnected"


def profile_url(description: str = "", **more: Any) -> Any:
    """Describes the required URL of a person's profile, which is kept as sent."""
    rule = profile_url_problem
    return text(description, max_length=MAX_URL_LENGTH, rule=rule, **more)


def _not_disconnected(status: AccountStatus) -> str | None:
    # An account is disconnected by an action of its own, which cancels its tasks.
    return "must be ACTIVE or PAUSED" if status is AccountStatus.DISCONNECTED else None


@described
class NewLinkedInAccount:
    """A LinkedIn account to be connected."""

    senders: ClassVar[frozenset[CallerKind]] = PEOPLE_AND_AGENTS

    name: str = text(max_length=MAX_NAME_LENGTH)
    profile_url: str = profile_url()


@described
class LinkedInAccountChange:
    """What to change of an account; None leaves a field as it is.

    The note of a pause and its end (in milliseconds) are of a paused account only.
    """

    senders: ClassVar[frozenset[CallerKind]] = PEOPLE

    id: str = object_id(str)
    name: str | None = text(max_length=MAX_NAME_LENGTH, default=None)
    status: AccountStatus | None = choice(AccountStatus, rule=_not_disconnected, default=None)
    is_default: bool | None = boolean(default=None)
    paused_note: str | LeftOut | None = text(max_length=MAX_NOTE_LENGTH, default=LEFT_OUT)
    paused_until: int | LeftOut | None = time(
        must_be_ahead=True, is_within_a_year=True, default=LEFT_OUT
    )


def profile_key(url: str) -> str:
    """Returns the key of a person: equal for all spellings of one profile's URL.

    The slug, percent-decoded, in Unicode's NFKC, case folded. Raises ValueError for what is not
    the URL of a profile.
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
