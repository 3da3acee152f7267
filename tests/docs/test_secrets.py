"""The look for secrets finds what it should, and nothing else."""

import subprocess
import sys
from pathlib import Path

import pytest

from app.domain.access.tokens import new_token

_SCRIPT = Path(__file__).parent.parent.parent / "dev" / "secrets"


def look(folder: Path, text: str) -> "subprocess.CompletedProcess[str]":
    (folder / "file.md").write_text(f"first line\n{text}\n")
    for command in (["git", "init", "-q"], ["git", "add", "file.md"]):
        subprocess.run(command, cwd=folder, check=True)
    return subprocess.run(
        [sys.executable, _SCRIPT], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    "secret",
    [
        new_token("zm_"),
        new_token("zma_"),
        "AKIA" + "A1B2C3D4E5F6G7H8",
        "-----BEGIN " + "PRIVATE KEY-----\n" + "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ",
    ],
    ids=["an API key", "an agent's token", "a cloud's key", "a private key"],
)
def test_a_secret_is_reported_by_its_place_and_not_repeated(tmp_path: Path, secret: str) -> None:
    done = look(tmp_path, secret)
    assert (done.returncode, done.stderr) == (1, "file.md:2: looks like a secret\n")


def test_a_made_up_token_is_none(tmp_path: Path) -> None:
    assert look(tmp_path, "zm_" + "x" * 36).returncode == 0
