"""Which LinkedIn account an order is for."""

from app.domain.errors import BadInput
from app.domain.ids import is_valid_id
from app.models.engine.database import Queries, Row
from app.models.linkedin_account_merging import find_same_person
from app.models.linkedin_account_queries import stays_connected

_FIELD = "linkedin_account_id"
_BY_ID = "SELECT 1 FROM linkedin_accounts WHERE id = $1 AND workspace_id = $2"
_CANDIDATES = """
SELECT id, is_default FROM linkedin_accounts
WHERE workspace_id = $1 AND status <> 'disconnected' ORDER BY is_default DESC LIMIT 2
"""


async def resolve_account(queries: Queries, workspace_id: str, sent: str | None) -> str:
    """The id of the account that was sent, or of the only or the default one.

    It is connected, and stays so until the commit. Raises BadInput on `linkedin_account_id`.
    """
    while sent is None:
        account_id = _default_of(await queries.rows(_CANDIDATES, workspace_id))
        if await stays_connected(queries, account_id):
            return account_id
    if not is_valid_id(sent) or await queries.row(_BY_ID, sent, workspace_id) is None:
        raise BadInput.at(_FIELD, "is not one of this workspace's LinkedIn accounts")
    if await stays_connected(queries, sent):
        return sent
    # Several accounts of one person were made one: who names another of them means that one.
    same = await find_same_person(queries, workspace_id, sent)
    if same is None or not await stays_connected(queries, same):
        raise BadInput.at(_FIELD, "is disconnected; connect it again first")
    return same


def _default_of(candidates: list[Row]) -> str:
    if not candidates:
        raise BadInput.at(_FIELD, "is required: no LinkedIn account is connected yet")
    if len(candidates) > 1 and not candidates[0]["is_default"]:
        raise BadInput.at(
            _FIELD, "is required: there are several LinkedIn accounts and none is the default"
        )
    account_id: str = candidates[0]["id"]
    return account_id
