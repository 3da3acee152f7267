"""Setting the subscription of a workspace."""

from app.domain.access.subscription import SubscriptionStatus
from app.domain.errors import BadInput, NotFound
from app.domain.ids import is_valid_id
from app.domain.times import ms_from_rfc3339
from app.models.access.workspace_queries import change_subscription
from app.services.services import Services


async def set_subscription(
    services: Services, workspace_id: str, status: str, ends_at: str | None = None
) -> None:
    """`status` in any case; `ends_at` as RFC 3339 or None for no end.

    Raises BadInput or NotFound.
    """
    word = status.lower()
    if word not in {one.value for one in SubscriptionStatus}:
        raise BadInput.at("status", f"must be one of {', '.join(SubscriptionStatus)}")
    try:
        ends_at_ms = None if ends_at is None else ms_from_rfc3339(ends_at)
    except (ValueError, OverflowError):
        raise BadInput.at("ends_at", "must be an RFC 3339 time with its offset") from None
    if not is_valid_id(workspace_id) or not await change_subscription(
        services.database, workspace_id, word, ends_at_ms
    ):
        raise NotFound(f"there is no workspace {workspace_id}")
    services.credential_cache.forget(workspace_id)
    services.events.credential_changed(workspace_id)
