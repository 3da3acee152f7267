"""The driver that does nothing: for tests without a LinkedIn account."""

import asyncio
import logging
from collections.abc import Mapping
from urllib.parse import urlsplit

from zenmode_agent.drivers.driver import ActionFailed, AgentTask

log = logging.getLogger("zenmode.agent")


class DryRunDriver:
    """Performs nothing, and takes `pace_seconds` for it.

    Actions on the profiles `fail-once`, `fail-always` and `hang` fail and hang as these names say.
    """

    is_dry_run = True

    def __init__(self, pace_seconds: float) -> None:
        self._pace_seconds = pace_seconds
        log.info("this is a dry run: nothing is performed on LinkedIn")

    async def perform(self, task: AgentTask) -> Mapping[str, object]:
        """Waits, then succeeds, or fails as the profile's name says."""
        log.info("dry run: task %s (%s) only waits", task.id, task.action_type)
        await asyncio.sleep(self._pace_seconds)
        match _slug(task.profile_url):
            case "fail-once" if task.attempt == 1:
                raise ActionFailed("dry_run_failure", "The first attempt at this profile fails.")
            case "fail-always":
                raise ActionFailed("dry_run_failure", "Every attempt at this profile fails.")
            case "hang":
                await asyncio.Event().wait()
        return {"success": True, "dry_run": True}


def _slug(profile_url: str) -> str:
    return urlsplit(profile_url).path.rstrip("/").rpartition("/")[2]
