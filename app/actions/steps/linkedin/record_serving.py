"""Recording which accounts an agent serves, from its requests, at intervals."""

from collections.abc import Sequence

from app.domain.access.caller import Caller
from app.domain.access.served_accounts import NOTED_EVERY_MS
from app.domain.ids import is_valid_id
from app.models.linkedin.served_account_queries import record_all_served, record_served
from app.services.services import Services


async def record_serving(services: Services, agent: Caller, account_ids: Sequence[str]) -> None:
    """Records that the agent requests the work of these accounts; of all, if none is named.

    Its first request for them is recorded at once. Raises Unavailable.
    """
    wanted = sorted({one for one in account_ids if is_valid_id(one)})
    now = services.now()
    request = f"{agent.credential_id} serves {hash(tuple(wanted))}"
    if (account_ids and not wanted) or not services.last_used.is_due(request, now, NOTED_EVERY_MS):
        return
    try:
        if wanted:
            await record_served(
                services.database, agent.credential_id, agent.workspace_id, wanted, now
            )
        else:
            await record_all_served(services.database, agent.credential_id, agent.workspace_id, now)
    except BaseException:
        services.last_used.forget(request)
        raise
