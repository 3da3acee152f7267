"""The driver that does nothing: for trying things out without a LinkedIn account."""

import asyncio
import logging
from collections.abc import Mapping
from urllib.parse import urlsplit

from app.agent.drivers import ActionFailed, AgentTask

log = logging.getLogger("zenmode.agent")


class DryRunDriver:
    """Performs nothing, and takes `pace_seconds` for it.

    Profiles called `fail-once`, `fail-always` and `hang` do as they are called.
    """

    is_dry_run = True

    def __init__(self, pace_seconds: float) -> None:
        self._pace_seconds = pace_seconds
        log.info("this is a dry run: nothing is performed on LinkedIn")

    async def perform(self, task: AgentTask) -> Mapping[str, object]:
        """Waits, then says that it went well, or fails as the profile's name demands."""
        log.info("dry run: task %s (%s) is only waited for", task.id, task.action_type)
        await asyncio.sleep(self._pace_seconds)
        match _slug(task.profile_url):
            case "fail-once" if task.attempt == 1:
                raise ActionFailed("dry_run_failure", "The first attempt fails, as asked.")
            case "fail-always":
                raise ActionFailed("dry_run_failure", "Every attempt fails, as asked.")
            case "hang":
                await asyncio.Event().wait()
        return {"success": True, "dry_run": True}


def _slug(profile_url: str) -> str:
    return urlsplit(profile_url).path.rstrip("/").rpartition("/")[2]
