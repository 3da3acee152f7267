"""Reading the caller's workspace, user, API keys and agents."""

from app.domain.access.caller import EVERYBODY, PEOPLE, Caller, require_known, require_reader
from app.domain.access.subscription import NEVER_ENDING, SubscriptionState
from app.domain.access.workspace_limits import MOST_AGENTS, MOST_API_KEYS, REVOKED_LISTED_MS
from app.domain.ids import is_valid_id
from app.models.access.agent_queries import find_agent_row, find_own_agent, list_agents
from app.models.access.api_key_queries import find_api_key_row, find_own_api_key, list_api_keys
from app.models.access.user_queries import find_user_row
from app.models.access.workspace_queries import get_workspace
from app.models.tables.credential import Agent, ApiKey
from app.models.tables.workspace import User, Workspace
from app.services.services import Services


async def own_workspace(services: Services, caller: Caller | None) -> Workspace:
    """Returns the caller's workspace, whatever its subscription."""
    known = require_known(caller, EVERYBODY)
    return await get_workspace(services.database, known.workspace_id)


def subscription_of(services: Services, workspace: Workspace) -> SubscriptionState:
    """Returns the workspace's subscription: active without end where none is checked."""
    if not services.settings.checks_subscriptions:
        return NEVER_ENDING
    return SubscriptionState(workspace.subscription_status, workspace.subscription_ends_at)


async def own_user(services: Services, caller: Caller | None) -> User | None:
    """Returns the signed-in person, None for programs."""
    known = require_known(caller, EVERYBODY)
    if known.user_id is None:
        return None
    return await find_user_row(services.database, known.user_id)


async def own_api_key(services: Services, caller: Caller | None) -> ApiKey | None:
    """Returns the caller's own key, None for other callers."""
    known = require_known(caller, EVERYBODY)
    return await find_own_api_key(services.database, known.credential_id)


async def own_agent(services: Services, caller: Caller | None) -> Agent | None:
    """Returns the calling agent, None for other callers."""
    known = require_known(caller, EVERYBODY)
    return await find_own_agent(services.database, known.credential_id)


async def all_api_keys(services: Services, caller: Caller | None) -> list[ApiKey]:
    """Returns the caller's keys, newest first, with those revoked in the last 30 days."""
    known = require_reader(caller, PEOPLE)
    since = services.now() - REVOKED_LISTED_MS
    return await list_api_keys(
        services.database, known.workspace_id, since=since, most=MOST_API_KEYS
    )


async def all_agents(services: Services, caller: Caller | None) -> list[Agent]:
    """Returns the caller's agents, newest first, with those revoked in the last 30 days."""
    known = require_reader(caller, PEOPLE)
    since = services.now() - REVOKED_LISTED_MS
    return await list_agents(services.database, known.workspace_id, since=since, most=MOST_AGENTS)


async def get_api_key(services: Services, caller: Caller | None, key_id: str) -> ApiKey | None:
    """Returns a key of the caller's workspace, or None."""
    known = require_reader(caller, PEOPLE)
    if not is_valid_id(key_id):
        return None
    return await find_api_key_row(services.database, known.workspace_id, key_id)


async def get_agent(services: Services, caller: Caller | None, agent_id: str) -> Agent | None:
    """Returns an agent of the caller's workspace, or None."""
    known = require_reader(caller, PEOPLE)
    if not is_valid_id(agent_id):
        return None
    return await find_agent_row(services.database, known.workspace_id, agent_id)
