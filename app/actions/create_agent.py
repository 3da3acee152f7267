"""A new desktop agent."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.actions.outside import Outside
from app.actions.steps.new_credential import insert_agent
from app.domain.caller import PEOPLE, Caller, require
from app.domain.credential import check_name
from app.domain.tokens import AGENT_PREFIX, new_token
from app.models.credential import Agent
from app.models.database import Queries


@dataclass(frozen=True, slots=True)
class NewAgent:
    """An agent and its token, which is shown here and never again."""

    agent: Agent
    token: str


async def create_agent(
    outside: Outside, caller: Caller | None, raw: Mapping[str, object]
) -> NewAgent:
    """`raw` has name. Raises BadInput, also for a workspace that has all the agents it can."""
    known = require(caller, PEOPLE)
    name = check_name(raw)
    token = new_token(AGENT_PREFIX)

    async def unit(queries: Queries) -> Agent:
        return await insert_agent(
            queries, known.workspace_id, name=name, token=token, now=outside.now()
        )

    return NewAgent(await outside.database.transaction(unit), token)
