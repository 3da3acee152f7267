"""How much one workspace may hold, so that every list of it has an end."""

from typing import Final

from app.domain.errors import BadInput
from app.domain.times import MS_PER_DAY

MOST_API_KEYS: Final = 1_000
MOST_AGENTS: Final = 200
MOST_LINKEDIN_ACCOUNTS: Final = 1_000
# How long a revoked key or agent is still listed.
REVOKED_LISTED_MS: Final = 30 * MS_PER_DAY


def require_room(held: int, most: int, what: str, remedy: str) -> None:
    """Raises BadInput when a workspace that holds `held` of something may not have one more."""
    if held >= most:
        raise BadInput(f"a workspace can have {most:,} {what}; {remedy} one that is not needed")
