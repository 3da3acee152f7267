"""docs/security.md names tests that are there."""

import re
from pathlib import Path

_ROOT = Path(__file__).parent.parent.parent
_NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def test_every_test_that_is_named_exists() -> None:
    named = _NAMED.findall((_ROOT / "docs" / "security.md").read_text())
    missing = [
        f"{file}::{name}"
        for file, name in named
        if not (_ROOT / file).is_file() or f"def {name}(" not in (_ROOT / file).read_text()
    ]
    assert len(named) > 40
    assert missing == []
