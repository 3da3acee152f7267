"""What a person did on LinkedIn by hand counts, too."""

from app.actions.steps.linkedin.own_account import own_account
from app.actions.steps.pacing.pace_account import set_gates
from app.domain.access.caller import Caller, require
from app.domain.linkedin.linkedin_account import profile_key
from app.domain.pacing.pacing_inputs import ManualActions
from app.models.engine.database import Queries
from app.models.linkedin.linkedin_account_queries import AccountRow
from app.models.pacing.account_action_queries import add_manual_action
from app.models.pacing.account_pacing_queries import lock_pacing
from app.services.services import Services


async def report_manual_actions(
    services: Services, caller: Caller | None, manual: ManualActions
) -> AccountRow:
    """Counts the actions against the account's limits. Returns the account.

    The same action, person and minute counts once. Raises NotFound.
    """
    known = require(caller, manual.senders)

    async def unit(queries: Queries) -> AccountRow:
        account = await own_account(queries, known, manual.linkedin_account_id)
        await lock_pacing(queries, known.workspace_id, account.id)
        for action in manual.actions:
            key = profile_key(action.profile_url)
            await add_manual_action(
                queries, known.workspace_id, account.id, action.action_type, key, action.at
            )
        await set_gates(queries, account.id, services.now())
        return account

    return await services.database.transaction(unit)
