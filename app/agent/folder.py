"""Where an agent keeps its journal."""

from pathlib import Path

from app.agent.token import token_hint


def data_folder(token: str, state_dir: Path, old_parent: Path) -> Path:
    """The agent's own folder in the user's state folder.

    A journal that is in `old_parent` is gone on with: there may be reports in it.
    """
    name = f"agent-{token_hint(token)}"
    old = old_parent / name
    return old if (old / "journal.sqlite3").exists() else state_dir / "zenmode" / name
