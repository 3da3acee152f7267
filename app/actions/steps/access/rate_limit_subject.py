"""What a caller's requests are counted against."""

from app.domain.access.caller import Caller, CallerKind
from app.domain.access.rate_limit import PERSONAL_RATE_LIMIT_FACTOR
from app.services.services import Services


def rate_limit_of(services: Services, caller: Caller) -> tuple[str, int]:
    """Returns the subject that is counted, and its limit of requests a minute.

    All keys of a workspace share one limit; each session and each agent has its own.
    """
    limit = services.settings.rate_limit_per_minute
    if caller.kind is CallerKind.API_KEY:
        return f"workspace:{caller.workspace_id}", limit
    return f"{caller.kind}:{caller.credential_id}", limit * PERSONAL_RATE_LIMIT_FACTOR
