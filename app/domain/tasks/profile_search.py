"""Searching for the tasks of one person, by the URL of their profile or the part after `/in/`."""

from dataclasses import dataclass
from typing import Final
from unicodedata import normalize
from urllib.parse import quote, unquote

from app.domain.errors import BadInput, FieldError
from app.domain.input.text import text_problem
from app.domain.linkedin.profile_url import NotAProfileError, find_slug

MAX_SEARCH_LENGTH: Final = 2_000
_FIELD: Final = ("filter", "profile_url")
_UPPER_TO_LOWER: Final = {ord(one): ord(one) + 32 for one in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}


@dataclass(frozen=True, slots=True)
class ProfileSearch:
    """The slugs that are wanted, with A-Z in lower case: the ways in which one slug is written."""

    spellings: tuple[str, ...]

    def matches(self, profile_url: str) -> bool:
        """Whether a task's profile URL has one of the slugs."""
        try:
            slug = find_slug(profile_url)
        except NotAProfileError:
            return False
        return slug.translate(_UPPER_TO_LOWER) in self.spellings


def read_profile_search(text: str) -> ProfileSearch:
    """A search as sent in a filter: a profile's URL or its slug.

    Raises BadInput for what is neither.
    """
    wanted = text.strip()
    problem = text_problem(wanted)
    if problem is None and not 1 <= len(wanted) <= MAX_SEARCH_LENGTH:
        problem = f"must have 1 to {MAX_SEARCH_LENGTH:,} characters"
    if problem is None:
        try:
            return _search_of(find_slug(wanted if "/" in wanted else f"linkedin.com/in/{wanted}"))
        except NotAProfileError:
            problem = "must be the URL of a LinkedIn profile, or its part after /in/"
    raise BadInput.of([FieldError(_FIELD, problem)])


def _search_of(slug: str) -> ProfileSearch:
    decoded = unquote(slug, errors="ignore") or slug
    folded = normalize("NFKC", decoded.casefold())
    written = [slug]
    for one in (decoded, normalize("NFC", decoded), folded):
        written += [one, quote(one, safe="")]
    return ProfileSearch(tuple(dict.fromkeys(one.translate(_UPPER_TO_LOWER) for one in written)))
