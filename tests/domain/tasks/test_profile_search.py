"""Searching for one person's tasks, by URL or slug."""

import pytest

from app.domain.errors import BadInput
from app.domain.tasks.profile_search import MAX_SEARCH_LENGTH, read_profile_search

JANE = "https://www.linkedin.com/in/jane-doe"


@pytest.mark.parametrize(
    "wanted",
    [
        "jane-doe",
        " Jane-Doe ",
        JANE,
        "linkedin.com/in/JANE-DOE/?trk=x",
        "//de.linkedin.com/in/jane-doe",
    ],
)
def test_a_person_is_found_by_slug_and_by_every_url_of_their_profile(wanted: str) -> None:
    search = read_profile_search(wanted)
    assert search.matches(JANE)
    assert search.matches("http://linkedin.com/in/Jane-Doe/details#top")
    assert not search.matches("https://linkedin.com/in/jane-doe-2")
    assert not search.matches("https://linkedin.com/in/jane")


@pytest.mark.parametrize("wanted", ["zoë", "ZOË", "zo%C3%AB", "https://linkedin.com/in/zo%c3%ab/"])
@pytest.mark.parametrize("kept", ["zoë", "zo%C3%AB", "zo%c3%ab"])
def test_letters_beyond_ascii_are_found_encoded_or_not(wanted: str, kept: str) -> None:
    assert read_profile_search(wanted).matches(f"https://linkedin.com/in/{kept}")


@pytest.mark.parametrize(
    "wanted",
    [
        "",
        "  ",
        "a b",
        "https://example.com/in/jane",
        "https://linkedin.com/company/x",
        "in/",
        "a\x00b",
        "x" * (MAX_SEARCH_LENGTH + 1),
        "..",
    ],
)
def test_what_is_neither_a_profile_nor_a_slug_is_refused(wanted: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_profile_search(wanted)
    assert [one.path for one in refused.value.details] == [("filter", "profile_url")]


def test_a_task_without_a_profile_is_not_found() -> None:
    assert not read_profile_search("jane").matches("")
