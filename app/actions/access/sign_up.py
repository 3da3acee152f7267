"""A new person with a workspace of their own."""

from app.actions.steps.access.open_session import OpenSession, open_session
from app.actions.steps.access.open_workspace import EmailTaken, open_workspace
from app.domain.access.subscription import TRIAL_MS, SubscriptionStatus
from app.domain.access.user import SignUp
from app.domain.errors import BadInput, Forbidden
from app.models.engine.database import Queries
from app.services.services import Services


def require_open_sign_up(services: Services) -> None:
    """Raises Forbidden while sign-up is closed."""
    if services.settings.sign_up == "closed":
        raise Forbidden("sign-up is closed; ask the operator for an account")


async def sign_up(services: Services, new: SignUp) -> OpenSession:
    """Returns a session in the new workspace, which is on trial for 14 days.

    Raises Forbidden while sign-up is closed, and BadInput for an email that has an account.
    """
    require_open_sign_up(services)
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
