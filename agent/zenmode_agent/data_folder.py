"""Where an agent keeps its journal."""

from pathlib import Path

from zenmode_agent.token import token_hint


def data_folder(token: str, state_dir: Path, old_parent: Path | None = None) -> Path:
    """The agent's own folder in the user's state folder.

    A journal in `old_parent`, an earlier place, is used: it may hold reports.
    """
    name = f"agent-{token_hint(token)}"
    old = old_parent / name if old_parent else None
    return old if old and (old / "journal.sqlite3").exists() else state_dir / "zenmode" / name
