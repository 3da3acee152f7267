"""The caller's own LinkedIn accounts, by id; those of other workspaces do not exist."""

from app.domain.access.caller import Caller
from app.domain.errors import NotFound
from app.domain.ids import is_valid_id
from app.models.engine.database import Queries
from app.models.linkedin.linkedin_account_queries import AccountRow, find_account


async def own_account(queries: Queries, caller: Caller, account_id: str) -> AccountRow:
    """Returns the caller's LinkedIn account. Raises NotFound."""
    account = None
    if is_valid_id(account_id):
        account = await find_account(queries, caller.workspace_id, account_id)
    if account is None:
        raise NotFound("there is no such LinkedIn account")
    return account
