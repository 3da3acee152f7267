"""A new desktop agent."""

from dataclasses import dataclass

from app.actions.steps.access.new_credential import insert_agent
from app.domain.access.agent import NewAgent
from app.domain.access.caller import Caller, require
from app.domain.access.tokens import AGENT_PREFIX, new_token
from app.models.engine.database import Queries
from app.models.tables.credential import Agent
from app.services.services import Services


@dataclass(frozen=True, slots=True)
class CreatedAgent:
    """An agent and its token, which is shown here and never again."""

    agent: Agent
    token: str


async def create_agent(services: Services, caller: Caller | None, new: NewAgent) -> CreatedAgent:
    """Returns the new agent. Raises BadInput for a workspace that has all the agents it can."""
    known = require(caller, new.senders)
    token = new_token(AGENT_PREFIX)

    async def unit(queries: Queries) -> Agent:
        return await insert_agent(
            queries, known.workspace_id, name=new.name, token=token, now=services.now()
        )

    return CreatedAgent(await services.database.transaction(unit), token)
