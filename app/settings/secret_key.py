"""The keys that secrets are kept under: given, or made once and kept in the data folder."""

import contextlib
import os
import secrets
import tempfile
from pathlib import Path

from app.settings.settings import SettingsError

MIN_KEY_LENGTH = 32


def secret_keys(text: str) -> tuple[str, ...]:
    """Several separated by commas; the first signs. Raises ValueError when one is short."""
    keys = tuple(one.strip() for one in text.split(",") if one.strip())
    if not keys or any(len(one) < MIN_KEY_LENGTH for one in keys):
        raise ValueError(
            f"must have {MIN_KEY_LENGTH} characters or more, each if there are several"
        )
    return keys


def kept_keys(path: Path) -> tuple[str, ...]:
    """The keys in this file, which is made if it is missing. Raises SettingsError."""
    try:
        if not path.exists():
            _make(path)
        return secret_keys(path.read_text())
    except OSError as error:
        raise SettingsError(f"{path} cannot be made or read: {error.strerror}") from error
    except ValueError as error:
        raise SettingsError(f"the key in {path} {error}") from None


def _make(path: Path) -> None:
    # Linked into place whole: of several commands that start at once one makes the key, and none
    # reads half of it.
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)  # mode 600
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            os.fsync(descriptor)
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        os.unlink(draft)
