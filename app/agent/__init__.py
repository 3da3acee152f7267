"""The desktop agent: a client of the GraphQL interface that carries tasks out on LinkedIn."""

from app.agent.drivers import ActionFailed, AgentTask, Driver
from app.agent.main import run_agent
from app.agent.options import AgentOptions
from app.agent.token import token_hint

__all__ = ["ActionFailed", "AgentOptions", "AgentTask", "Driver", "run_agent", "token_hint"]
