"""One person's profile has many spellings, and is one."""

import pytest

from app.domain.linkedin.linkedin_account import profile_key

COMPOSED, DECOMPOSED = "jos\u00e9", "jose\u0301"
SAME = [
    [COMPOSED, DECOMPOSED, "jos%C3%A9", "jos%c3%a9", "JOS%C3%89", "jose%CC%81", "J%6fs\u00c9"],
    ["john", "j%6Fhn", "JOHN", "\uff4aohn"],
    ["plain-x", "plain%2Dx", "Plain%2dX"],
    ["stra\u00dfe", "STRASSE", "stra%C3%9Fe"],
    ["\u03a3\u03af\u03c3\u03c5\u03c6\u03bf\u03c2", "\u03a3\u038a\u03a3\u03a5\u03a6\u039f\u03a3"],
]


@pytest.mark.parametrize("slugs", SAME)
def test_spellings_of_one_slug_are_one_person(slugs: list[str]) -> None:
    keys = {profile_key(f"https://www.linkedin.com/in/{slug}/?x=1") for slug in slugs}

    assert len(keys) == 1


def test_other_slugs_are_other_people() -> None:
    slugs = ["jose", COMPOSED, "jos%E9", "jos%25C3%25A9", "john", "john-1"]

    assert len({profile_key(f"linkedin.com/in/{slug}") for slug in slugs}) == len(slugs)


@pytest.mark.parametrize("slug", ["a%00b", "%ff%fe", "a%ED%A0%80b", "%"])
def test_a_key_can_be_stored_whatever_was_sent(slug: str) -> None:
    key = profile_key(f"linkedin.com/in/{slug}")

    assert "\0" not in key
    key.encode()


@pytest.mark.parametrize("slug", ["Jane-Doe", "a.b_c~1", "x"])
def test_a_plain_slug_is_its_own_key(slug: str) -> None:
    assert profile_key(f"https://linkedin.com/in/{slug}") == slug.lower()
