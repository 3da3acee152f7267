"""The documentation site, built from the sources as they are now."""

import subprocess
from pathlib import Path

import pytest

from app.http.site.documentation import BUILT_DOCS

_BUILD = Path(__file__).parents[2] / "dev" / "docs"


@pytest.fixture(scope="session")
def site() -> Path:
    """The folder that the web process serves at `/docs`."""
    subprocess.run([_BUILD, "build"], check=True, timeout=50)
    return BUILT_DOCS
