"""The desktop agent: a client of the GraphQL interface that carries tasks out on LinkedIn."""

from app.agent.drivers import ActionFailed, AgentTask, Driver
from app.agent.main import AgentOptions, run_agent, token_hint

__all__ = ["ActionFailed", "AgentOptions", "AgentTask", "Driver", "run_agent", "token_hint"]
