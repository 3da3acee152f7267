"""API keys: the description of a new one, and how long a cached one is trusted."""

from typing import Any, ClassVar, Final

from app.domain.access.caller import PEOPLE, CallerKind
from app.domain.input.fields import described, text, time
from app.domain.input.text import not_blank
from app.domain.times import MS_PER_SECOND

MAX_NAME_LENGTH: Final = 200
CREDENTIAL_CACHE_TTL_MS: Final = 4 * MS_PER_SECOND
LAST_USED_EVERY_MS: Final = 15 * MS_PER_SECOND


def credential_name() -> Any:
    """Describes the name of a key or an agent; white space around it is dropped."""
    return text(max_length=MAX_NAME_LENGTH, normalize=str.strip, rule=not_blank)


@described
class NewApiKey:
    """A key to be created. `expires_at` is in milliseconds; None for a key that does not expire."""

    senders: ClassVar[frozenset[CallerKind]] = PEOPLE

    name: str = credential_name()
    expires_at: int | None = time(must_be_ahead=True, default=None)
