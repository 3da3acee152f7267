"""A new desktop agent."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.actions.outside import Outside
from app.actions.steps.new_credential import insert_agent
from app.domain.caller import PEOPLE, Caller, require
from app.domain.credential import check_name
from app.domain.tokens import AGENT_PREFIX, new_token
from app.models.credential import Agent


@dataclass(frozen=True, slots=True)
class NewAgent:
    """An agent and its token, which is shown here and never again."""

    agent: Agent
    token: str


async def create_agent(
    outside: Outside, caller: Caller | None, raw: Mapping[str, object]
) -> NewAgent:
    """`raw` has name. Raises BadInput."""
    known = require(caller, PEOPLE)
    name = check_name(raw)
    token = new_token(AGENT_PREFIX)
    agent = await insert_agent(known.workspace_id, name=name, token=token, now=outside.now())
    return NewAgent(agent, token)
