"""Texts that callers send."""

import pytest

from app.domain.input.text import (
    length_problem,
    not_blank,
    printable,
    text_problem,
    visible_ascii,
)


@pytest.mark.parametrize("text", ["", "Grüße ✓", "😀", "\n\t\x01"])
def test_what_every_database_stores_is_accepted(text: str) -> None:
    assert text_problem(text) is None


@pytest.mark.parametrize("text", ["\x00", "a\x00b", "\ud800", "é\udfff"])
def test_what_a_database_cannot_store_is_refused(text: str) -> None:
    assert text_problem(text) is not None


def test_a_length_counts_code_points_and_both_bounds_are_allowed() -> None:
    assert length_problem("😀😀", 2, 2) is None
    assert length_problem("", 1, 2) == "must not be empty"
    assert length_problem("a", 2, 3) == "must have at least 2 characters"
    assert length_problem("a" * 1_001, 0, 1_000) == "must have at most 1,000 characters"


def test_a_blank_text_and_one_with_spaces_are_refused_where_they_do_not_fit() -> None:
    assert not_blank("a") is None
    assert not_blank("") == "must not be blank"
    assert visible_ascii("a-1~") is None
    for text in ("", "a b", "é", "a\n"):
        assert visible_ascii(text) is not None


def test_an_unknown_name_is_shown_short_and_in_ascii() -> None:
    assert printable("é\n") == "\\xe9\n"
    assert len(printable("x" * 10_000)) == 80
    assert printable("\ud800") == "\\ud800"
