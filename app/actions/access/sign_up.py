"""A new person with a workspace of their own."""

from collections.abc import Mapping

from app.actions.steps.open_session import OpenSession, open_session
from app.actions.steps.open_workspace import EmailTaken, open_workspace
from app.domain.access.subscription import TRIAL_MS, SubscriptionStatus
from app.domain.access.user import validate_sign_up
from app.domain.errors import BadInput, Forbidden
from app.models.engine.database import Queries
from app.services.services import Services


async def sign_up(services: Services, raw: Mapping[str, object]) -> OpenSession:
    """A session in the new workspace, which is on trial for 14 days.

    `raw` has email, password and workspace_name. Raises Forbidden while sign-up is closed, and
    BadInput, also for an email that has an account.
    """
    if services.settings.sign_up == "closed":
        raise Forbidden("sign-up is closed; ask whoever runs this for an account")
    new = validate_sign_up(raw)
    password_hash = await services.passwords.hash(new.password)

    async def unit(queries: Queries) -> OpenSession:
        now = services.now()
        opened = await open_workspace(
            queries,
            email=new.email,
            password_hash=password_hash,
            name=new.workspace_name,
            status=SubscriptionStatus.TRIALING,
            ends_at=now + TRIAL_MS,
            now=now,
        )
        return await open_session(queries, opened.user_id, opened.workspace_id, now)

    try:
        return await services.database.transaction(unit)
    except EmailTaken:
        raise BadInput.at("email", "has an account already; sign in instead") from None
