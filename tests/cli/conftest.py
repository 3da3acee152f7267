"""An empty folder to run commands in."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.command import Place


@pytest.fixture
def place() -> Iterator[Place]:
    """A short path: the socket of a Redis has to fit."""
    folder = Path(tempfile.mkdtemp(prefix="zen-"))
    (folder / "here").mkdir()
    yield Place(folder / "here")
    shutil.rmtree(folder, ignore_errors=True)
