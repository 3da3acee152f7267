"""The earlier name of `zenmode_agent`, for drivers that import it from here."""

from zenmode_agent import ActionFailed, AgentTask, Driver

__all__ = ["ActionFailed", "AgentTask", "Driver"]
