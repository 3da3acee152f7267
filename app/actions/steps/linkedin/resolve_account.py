"""Which LinkedIn account a new task is for."""

from app.domain.errors import BadInput
from app.domain.ids import is_valid_id
from app.models.engine.database import Queries
from app.models.linkedin.linkedin_account_merging import find_same_person
from app.models.linkedin.linkedin_account_queries import find_account, stays_connected
from app.models.tasks.default_account_queries import choose_default_account

_FIELD = "linkedin_account_id"


async def resolve_account(queries: Queries, workspace_id: str, sent: str | None) -> str:
    """Returns the id of the account that was sent, or else of the default or the only one.

    It is connected, and stays so until the commit. Raises BadInput on `linkedin_account_id`.
    """
    while sent is None:
        account_id = await _default_account(queries, workspace_id)
        if await stays_connected(queries, account_id):
            return account_id
    if not is_valid_id(sent) or await find_account(queries, workspace_id, sent) is None:
        raise BadInput.at(_FIELD, "is not one of this workspace's LinkedIn accounts")
    if await stays_connected(queries, sent):
        return sent
    # Several accounts of one person were merged: each of their ids means the one that was kept.
    same = await find_same_person(queries, workspace_id, sent)
    if same is None or not await stays_connected(queries, same):
        raise BadInput.at(_FIELD, "is disconnected; connect it again first")
    return same


async def _default_account(queries: Queries, workspace_id: str) -> str:
    choice = await choose_default_account(queries, workspace_id)
    if choice.account_id is not None:
        return choice.account_id
    if not choice.is_any_connected:
        raise BadInput.at(_FIELD, "is required: no LinkedIn account is connected yet")
    raise BadInput.at(
        _FIELD, "is required: there are several LinkedIn accounts and none is the default"
    )
