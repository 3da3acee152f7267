"""The agent: a client of ZenMode's GraphQL API that runs tasks with a driver.

What a driver needs is here. The agent shares no code with the server.
"""

from zenmode_agent.drivers.driver import (
    ActionFailed,
    AgentTask,
    Driver,
    NothingToDo,
    ProviderLimitReached,
)

__all__ = ["ActionFailed", "AgentTask", "Driver", "NothingToDo", "ProviderLimitReached"]
