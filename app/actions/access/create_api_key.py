"""A new API key."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.actions.steps.new_credential import insert_api_key
from app.domain.access.api_key import validate_new_api_key
from app.domain.access.caller import PEOPLE, Caller, require
from app.domain.access.tokens import API_KEY_PREFIX, new_token
from app.models.engine.database import Queries
from app.models.tables.credential import ApiKey
from app.services.services import Services


@dataclass(frozen=True, slots=True)
class CreatedApiKey:
    """A key and its token, which is shown here and never again."""

    api_key: ApiKey
    token: str


async def create_api_key(
    services: Services, caller: Caller | None, raw: Mapping[str, object]
) -> CreatedApiKey:
    """`raw` has name and perhaps expires_at (RFC 3339).

    Raises BadInput, also for a workspace that has all the keys it can.
    """
    known = require(caller, PEOPLE)
    now = services.now()
    name, expires_at = validate_new_api_key(raw, now)
    token = new_token(API_KEY_PREFIX)

    async def unit(queries: Queries) -> ApiKey:
        return await insert_api_key(
            queries, known.workspace_id, name=name, token=token, expires_at=expires_at, now=now
        )

    return CreatedApiKey(await services.database.transaction(unit), token)
