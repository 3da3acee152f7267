"""Keys and agents: what making one takes, and how long one is trusted unseen."""

from collections.abc import Mapping

from app.domain.input.validator import Validator
from app.domain.times import MS_PER_SECOND, ms_from_rfc3339

MAX_NAME_LENGTH = 200
CREDENTIAL_CACHE_TTL_MS = 4 * MS_PER_SECOND
LAST_USED_EVERY_MS = 15 * MS_PER_SECOND


def validate_name(raw: Mapping[str, object]) -> str:
    """The `name` of a key or agent. Raises BadInput."""
    return validate_new_api_key(raw, now=0)[0]


def validate_new_api_key(raw: Mapping[str, object], now: int) -> tuple[str, int | None]:
    """The name of a key and the end of its life in milliseconds. Raises BadInput."""
    fields = Validator(raw, ("name", "expires_at"))
    name = fields.text("name", max_length=MAX_NAME_LENGTH)
    if name and not name.strip():
        fields.add_error("name", "must not be blank")
    expires_at = _read_expires_at(fields, now)
    fields.raise_if_invalid()
    return name.strip(), expires_at


def _read_expires_at(fields: Validator, now: int) -> int | None:
    text = fields.optional_text("expires_at", max_length=64)
    if text is None:
        return None
    try:
        at = ms_from_rfc3339(text)
    except (ValueError, OverflowError):
        fields.add_error("expires_at", "must be an RFC 3339 time with its offset")
        return None
    if at <= now:
        fields.add_error("expires_at", "must lie ahead")
    return at
