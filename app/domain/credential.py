"""Keys and agents: what making one takes, and how long one is trusted unseen."""

from collections.abc import Mapping

from app.domain.checking import Fields
from app.domain.times import MS_PER_SECOND, ms_from_rfc3339

MAX_NAME_LENGTH = 200
TRUSTED_UNSEEN_MS = 4 * MS_PER_SECOND
HEARD_EVERY_MS = 15 * MS_PER_SECOND


def check_name(raw: Mapping[str, object]) -> str:
    """The `name` of a key or agent. Raises BadInput."""
    return check_key_order(raw, now=0)[0]


def check_key_order(raw: Mapping[str, object], now: int) -> tuple[str, int | None]:
    """The name of a key and the end of its life in milliseconds. Raises BadInput."""
    fields = Fields(raw, ("name", "expires_at"))
    name = fields.text("name", max_length=MAX_NAME_LENGTH)
    if name and not name.strip():
        fields.refuse("name", "must not be blank")
    expires_at = _read_expires_at(fields, now)
    fields.finish()
    return name.strip(), expires_at


def _read_expires_at(fields: Fields, now: int) -> int | None:
    text = fields.optional_text("expires_at", max_length=64)
    if text is None:
        return None
    try:
        at = ms_from_rfc3339(text)
    except (ValueError, OverflowError):
        fields.refuse("expires_at", "must be an RFC 3339 time with its offset")
        return None
    if at <= now:
        fields.refuse("expires_at", "must lie ahead")
    return at
