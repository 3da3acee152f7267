"""Files of the data folder are readable by their owner alone."""

import os
from pathlib import Path

_FOLDER_MODE, _FILE_MODE = 0o700, 0o600
# Only what is ours: the folder may hold more, if one with other things in it was chosen.
_OURS = (
    "zenmode.db*",
    "secret.key*",
    "up.lock",
    "redis.sock",
    "dump.rdb",
    "appendonly*",
    "appendonly*/*",
    "logs",
    "logs/*",
    "agent-*",
    "agent-*/journal.sqlite3*",
)

_BESIDE_A_DATABASE = ("", "-wal", "-shm", "-journal", ".migrating")


def keep_new_files_private() -> None:
    """From now on this process, and those it starts, make files for their owner alone."""
    os.umask(0o077)


def keep_private(folder: Path, database: Path | None = None) -> None:
    """Close the data folder, and what is ours in it, to everybody but the owner.

    So is the database file, wherever it is, with its log. What belongs to another user, or is gone
    meanwhile, stays as it is.
    """
    found = [one for name in _OURS for one in folder.glob(name)]
    if database is not None:
        found += [database.with_name(database.name + end) for end in _BESIDE_A_DATABASE]
    for path in (folder, *found):
        if path != database or path.is_file():
            _close(path)


def _close(path: Path) -> None:
    try:
        if not path.is_symlink():
            path.chmod(path.stat().st_mode & (_FOLDER_MODE if path.is_dir() else _FILE_MODE))
    except OSError:
        return
