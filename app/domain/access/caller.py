"""The caller of a request, and what it may do."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.errors import Forbidden, NoActiveSubscription, Unauthenticated


class CallerKind(StrEnum):
    """The kind of credential."""

    SESSION = "session"
    API_KEY = "api_key"
    AGENT = "agent"


PEOPLE = frozenset({CallerKind.SESSION})
AGENTS = frozenset({CallerKind.AGENT})
PEOPLE_AND_KEYS = frozenset({CallerKind.SESSION, CallerKind.API_KEY})
PEOPLE_AND_AGENTS = frozenset({CallerKind.SESSION, CallerKind.AGENT})
EVERYBODY = frozenset(CallerKind)


@dataclass(frozen=True, slots=True)
class Caller:
    """A known caller. `credential_id` is the id of the session, key or agent."""

    kind: CallerKind
    workspace_id: str
    credential_id: str
    user_id: str | None
    subscription_is_active: bool


def require(caller: Caller | None, allowed: frozenset[CallerKind]) -> Caller:
    """The caller, if they are of an allowed kind and their workspace's subscription is active.

    Raises Unauthenticated, Forbidden or NoActiveSubscription.
    """
    known = require_known(caller, allowed)
    if not known.subscription_is_active:
        raise NoActiveSubscription("this workspace has no active subscription")
    return known


def require_reader(caller: Caller | None, allowed: frozenset[CallerKind]) -> Caller:
    """As `require`, but people may go on reading after their subscription has ended."""
    known = require_known(caller, allowed)
    return known if known.kind is CallerKind.SESSION else require(known, allowed)


def require_known(caller: Caller | None, allowed: frozenset[CallerKind]) -> Caller:
    """The caller, if they are of an allowed kind, whatever their subscription.

    Raises Unauthenticated or Forbidden.
    """
    if caller is None:
        raise Unauthenticated("sign in, or send a valid token")
    if caller.kind not in allowed:
        who = {"session": "a signed-in person", "api_key": "an API key", "agent": "an agent"}
        raise Forbidden(f"{who[caller.kind]} may not do this")
    return caller
