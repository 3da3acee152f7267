"""A new API key."""

from dataclasses import dataclass

from app.actions.steps.access.new_credential import insert_api_key
from app.domain.access.api_key import NewApiKey
from app.domain.access.caller import Caller, require
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
    services: Services, caller: Caller | None, new: NewApiKey
) -> CreatedApiKey:
    """Returns the new key. Raises BadInput for a workspace that has all the keys it can."""
    known = require(caller, new.senders)
    token = new_token(API_KEY_PREFIX)

    async def unit(queries: Queries) -> ApiKey:
        return await insert_api_key(
            queries,
            known.workspace_id,
            name=new.name,
            token=token,
            expires_at=new.expires_at,
            now=services.now(),
        )

    return CreatedApiKey(await services.database.transaction(unit), token)
