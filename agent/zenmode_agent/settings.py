"""The only reader of the environment. Nothing is read when this is imported."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from zenmode_agent.errors import WrongOption

_TOKEN, _TOKEN_FILE = "ZENMODE_AGENT_TOKEN", "ZENMODE_AGENT_TOKEN_FILE"
_PREFIX = "ZENMODE_AGENT_"


def token_of(environ: Mapping[str, str] | None = None) -> str | None:
    """The token of ZENMODE_AGENT_TOKEN, or in the file that ZENMODE_AGENT_TOKEN_FILE names.

    Raises WrongOption for a file that cannot be read, and for an unknown ZENMODE_AGENT_… name.
    """
    given = _given(environ)
    for name in given:
        if name.startswith(_PREFIX) and name not in (_TOKEN, _TOKEN_FILE):
            raise WrongOption(
                f"{name} is not a setting; the agent reads {_TOKEN} and {_TOKEN_FILE}"
            )
    token, file = given.get(_TOKEN), given.get(_TOKEN_FILE)
    if token and file:
        raise WrongOption(f"{_TOKEN} and {_TOKEN_FILE}: set only one")
    return _content(Path(file)) if file else token or None


def state_dir(environ: Mapping[str, str] | None = None, platform: str = sys.platform) -> Path:
    """The folder in which the user's programs keep their state, by the system's conventions."""
    given = _given(environ)
    home = Path(given.get("HOME") or Path.home())
    if platform == "win32":
        return Path(given.get("LOCALAPPDATA") or home / "AppData" / "Local")
    if platform == "darwin":
        return home / "Library" / "Application Support"
    state = given.get("XDG_STATE_HOME", "")
    return Path(state) if state.startswith("/") else home / ".local" / "state"


def is_completing() -> bool:
    """Whether a shell has started the command to complete its words."""
    return "_ARGCOMPLETE" in os.environ


def _given(environ: Mapping[str, str] | None) -> Mapping[str, str]:
    return os.environ if environ is None else environ


def _content(path: Path) -> str:
    try:
        content = path.read_text(encoding="utf-8-sig").strip()
    except (OSError, UnicodeDecodeError):
        raise WrongOption(f"{_TOKEN_FILE}: the file {path} cannot be read") from None
    if not content:
        raise WrongOption(f"{_TOKEN_FILE}: the file {path} is empty")
    return content
