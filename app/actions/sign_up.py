"""A new person with a workspace of their own."""

from collections.abc import Mapping

from app.actions.outside import Outside
from app.actions.steps.open_session import OpenSession, open_session
from app.actions.steps.open_workspace import EmailTaken, open_workspace
from app.domain.errors import BadInput, Forbidden
from app.domain.person import check_sign_up
from app.domain.subscription import TRIAL_MS, SubscriptionStatus
from app.models.database import Queries


async def sign_up(outside: Outside, raw: Mapping[str, object]) -> OpenSession:
    """A session in the new workspace, which is on trial for 14 days.

    `raw` has email, password and workspace_name. Raises Forbidden while sign-up is closed, and
    BadInput, also for an email that has an account.
    """
    if outside.settings.sign_up == "closed":
        raise Forbidden("sign-up is closed; ask whoever runs this for an account")
    order = check_sign_up(raw)
    password_hash = await outside.passwords.hash(order.password)

    async def unit(queries: Queries) -> OpenSession:
        now = outside.now()
        opened = await open_workspace(
            queries,
            email=order.email,
            password_hash=password_hash,
            name=order.workspace_name,
            status=SubscriptionStatus.TRIALING,
            ends_at=now + TRIAL_MS,
            now=now,
        )
        return await open_session(queries, opened.user_id, opened.workspace_id, now)

    try:
        return await outside.database.transaction(unit)
    except EmailTaken:
        raise BadInput.at("email", "has an account already; sign in instead") from None
