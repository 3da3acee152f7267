"""Invisible characters."""

import pytest

from app.domain.linkedin.invisible import invisible_character, is_blank


@pytest.mark.parametrize("text", ["Jane Doe", "Grüße", "می‌خواهم", "क्‍ष", "👩‍💻", ""])
def test_names_of_all_scripts_and_emoji_have_none(text: str) -> None:
    assert invisible_character(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Jane\u200bDoe", "U+200B"),
        ("\ufeffJane", "U+FEFF"),
        ("Jane\u00ad", "U+00AD"),
        ("a\u200db", "U+200D"),
        ("\u200d", "U+200D"),
        ("Jane\n", "U+000A"),
        ("\u3164", "U+3164"),
    ],
)
def test_what_copying_left_behind_is_named(text: str, name: str) -> None:
    assert invisible_character(text) == name


def test_a_text_of_nothing_visible_is_blank() -> None:
    assert is_blank("")
    assert is_blank(" \u00a0\u200b\u2800")
    assert not is_blank(" x")
