"""The page on settings tells of all of them, and of no other."""

import re
from pathlib import Path

from app.settings import load_agent_token, load_settings
from app.settings.loading import _KNOWN

PAGE = Path(__file__).parents[2] / "docs" / "settings.md"


def test_every_setting_has_its_line_and_every_line_its_setting() -> None:
    rows = re.findall(r"^\| `ZENMODE_([A-Z_]+)` \|", PAGE.read_text(), re.MULTILINE)
    known = {name for name in _KNOWN if not name.endswith("_FILE")}
    assert sorted(rows) == sorted({*known, "TEST_POSTGRES_URL"})


def test_documented_defaults_are_taken_when_they_are_given(tmp_path: Path) -> None:
    found = re.findall(
        r"^\| `ZENMODE_([A-Z_]+)` \| `?([a-z0-9,]+)`? \|", PAGE.read_text(), re.MULTILINE
    )
    defaults = {f"ZENMODE_{name}": value for name, value in found if value != "none"}
    assert len(defaults) >= 9
    given = load_settings(defaults, None, tmp_path)
    assert given == load_settings({}, None, tmp_path)
    assert load_agent_token(defaults, None) == load_agent_token({}, None)
