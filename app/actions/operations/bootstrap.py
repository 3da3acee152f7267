"""Creating everything that a new installation needs."""

import secrets
from dataclasses import asdict, dataclass

from app.actions.steps.access.new_credential import insert_agent, insert_api_key
from app.actions.steps.access.open_workspace import EmailTaken, OpenedWorkspace, open_workspace
from app.actions.steps.linkedin.connect_account import connect_account
from app.domain.access.subscription import SubscriptionStatus
from app.domain.access.tokens import AGENT_PREFIX, API_KEY_PREFIX, new_token
from app.domain.access.user import email_problem, normal_email
from app.domain.errors import BadInput
from app.domain.linkedin.linkedin_account import NewLinkedInAccount
from app.models.engine.database import Queries
from app.services.services import Services

DEFAULT_EMAIL = "owner@example.com"
_ACCOUNT = NewLinkedInAccount(
    name="My LinkedIn account", profile_url="https://www.linkedin.com/in/me"
)


@dataclass(frozen=True, slots=True)
class Bootstrapped:
    """What was created; the password and both tokens are not stored."""

    workspace_id: str
    email: str
    password: str
    api_key: str
    agent_token: str
    linkedin_account_id: str

    def as_dict(self) -> dict[str, str]:
        """The same as a plain object."""
        return asdict(self)


async def bootstrap(services: Services, email: str = DEFAULT_EMAIL) -> Bootstrapped:
    """A workspace with an active subscription, its owner, a key, an agent and an account.

    Raises BadInput for an email that is none or that has an account.
    """
    address = normal_email(email)
    if problem := email_problem(address):
        raise BadInput.at("email", problem)
    password = secrets.token_urlsafe(15)
    password_hash = await services.passwords.hash(password)
    api_key, agent_token = new_token(API_KEY_PREFIX), new_token(AGENT_PREFIX)

    async def unit(queries: Queries) -> tuple[OpenedWorkspace, str]:
        now = services.now()
        opened = await open_workspace(
            queries,
            email=address,
            password_hash=password_hash,
            name="My workspace",
            status=SubscriptionStatus.ACTIVE,
            ends_at=None,
            now=now,
        )
        owner = opened.workspace_id
        await insert_api_key(
            queries, owner, name="First key", token=api_key, expires_at=None, now=now
        )
        await insert_agent(queries, owner, name="First agent", token=agent_token, now=now)
        return opened, (await connect_account(queries, owner, _ACCOUNT, now)).id

    try:
        opened, account_id = await services.database.transaction(unit)
    except EmailTaken:
        raise BadInput.at("email", f"{address} has an account already") from None
    return Bootstrapped(opened.workspace_id, address, password, api_key, agent_token, account_id)
