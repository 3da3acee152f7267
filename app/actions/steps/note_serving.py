"""Writing down which accounts an agent serves, from what it asks for, once in a while."""

from collections.abc import Sequence

from app.actions.outside import Outside
from app.domain.caller import Caller
from app.domain.ids import can_be_an_id
from app.domain.serving import NOTED_EVERY_MS
from app.models.serving_queries import note_all_served, note_served


async def note_serving(outside: Outside, agent: Caller, account_ids: Sequence[str]) -> None:
    """The agent asks for the work of these accounts; of all, when none is named.

    What it asks for the first time is written at once. Raises Unavailable.
    """
    wanted = sorted({one for one in account_ids if can_be_an_id(one)})
    now = outside.now()
    asked = f"{agent.credential_id} serves {hash(tuple(wanted))}"
    if (account_ids and not wanted) or not outside.heard.is_due(asked, now, NOTED_EVERY_MS):
        return
    try:
        if wanted:
            await note_served(
                outside.database, agent.credential_id, agent.workspace_id, wanted, now
            )
        else:
            await note_all_served(outside.database, agent.credential_id, agent.workspace_id, now)
    except BaseException:
        outside.heard.forget(asked)
        raise
