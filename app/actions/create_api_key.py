"""A new API key."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.actions.outside import Outside
from app.actions.steps.new_credential import insert_api_key
from app.domain.caller import PEOPLE, Caller, require
from app.domain.credential import check_key_order
from app.domain.tokens import API_KEY_PREFIX, new_token
from app.models.credential import ApiKey
from app.models.database import Queries


@dataclass(frozen=True, slots=True)
class NewApiKey:
    """A key and its token, which is shown here and never again."""

    api_key: ApiKey
    token: str


async def create_api_key(
    outside: Outside, caller: Caller | None, raw: Mapping[str, object]
) -> NewApiKey:
    """`raw` has name and perhaps expires_at (RFC 3339).

    Raises BadInput, also for a workspace that has all the keys it can.
    """
    known = require(caller, PEOPLE)
    now = outside.now()
    name, expires_at = check_key_order(raw, now)
    token = new_token(API_KEY_PREFIX)

    async def unit(queries: Queries) -> ApiKey:
        return await insert_api_key(
            queries, known.workspace_id, name=name, token=token, expires_at=expires_at, now=now
        )

    return NewApiKey(await outside.database.transaction(unit), token)
