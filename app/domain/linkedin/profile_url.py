"""URLs of LinkedIn profiles: which are valid, and which are the same profile.

An address leads to a person when a browser that opens it ends up at `linkedin.com/in/<slug>`.
"""

import re
from typing import Final
from urllib.parse import unquote

from app.domain.linkedin.invisible import invisible_character

_ADDRESS: Final = re.compile(
    r"(?:(?:https?:)?//)?(?P<authority>[^/?#\\]*)(?P<rest>.*)", re.I | re.A
)
_HOST: Final = re.compile(r"(?:(?:www|m|mobile|[a-z]{2})\.)?linkedin\.com", re.I | re.A)
_SHORT_HOST: Final = re.compile(r"(?:www\.)?lnkd\.in", re.I | re.A)
_PROFILE: Final = re.compile(r"(?:/mwlite|/comm)?/in/(?P<slug>[^/]+)(?P<behind>/.*)?", re.I | re.A)
_FIRST_SEGMENTS: Final = re.compile(r"(?:/mwlite|/comm)?/+([^/]*)", re.I | re.A)
_WHITE_SPACE: Final = re.compile(r"[\s\x00-\x1f\x7f]")

_NOT_A_PROFILE: Final = "must be a LinkedIn profile address"
_SEND: Final = "send the person's own address, https://www.linkedin.com/in/…"
_SALES: Final = "a Sales Navigator address: open the lead there, choose Copy LinkedIn.com URL"
_RECRUITER: Final = "a Recruiter address: open the person's public profile from there"
_OLD: Final = "an old public profile address: open it in a browser, which leads to the new one"
_ALIEN: Final = "an address that does not lead to a person's profile"
_OTHER_KINDS: Final = {
    "sales": _SALES,
    "talent": _RECRUITER,
    "recruiter": _RECRUITER,
    "hire": _RECRUITER,
    "pub": _OLD,
    "profile": _OLD,
    "company": "a company's page",
    "school": "a school's page",
    "showcase": "a company's page",
    "groups": "a group's page",
    "jobs": "a job's page",
    "posts": "a post",
    "feed": "a post",
    "pulse": "an article",
}

_UNFILLED_WORDS: Final = frozenset({"undefined", "null", "none", "nan"})
_PLACEHOLDER: Final = re.compile(r"[{}<>\[\]]|%\w+%")


class NotAProfileError(ValueError):
    """The text is not the address of a person's profile; says why, as a sentence about a field."""


def find_slug(url: str) -> str:
    """The slug of a profile's address as it stands there, percent-encoding included.

    Raises NotAProfileError for an address that does not lead to `linkedin.com/in/<slug>`.
    """
    address = url.strip()
    if address[:4].lower() == "urn:":
        raise _other_kind("a URN")
    if (found := _ADDRESS.fullmatch(address)) is None or _WHITE_SPACE.search(address):
        raise NotAProfileError(f"{_NOT_A_PROFILE}, without white space in it")
    _check_authority(found["authority"])
    path = re.split("[?#]", found["rest"], maxsplit=1)[0]
    if (profile := _PROFILE.fullmatch(path)) is None or "\\" in path:
        raise _other_path(path)
    if any(unquote(segment) in (".", "..") for segment in path.split("/")):
        raise NotAProfileError(f"{_NOT_A_PROFILE}, without . and .. in its path")
    return profile["slug"]


def profile_url_problem(url: str) -> str | None:
    """Returns what is wrong with a profile's URL, as a sentence about a field, or None.

    Besides what `find_slug` refuses, a slug that shows that a template was not filled in.
    """
    try:
        slug = find_slug(url)
    except NotAProfileError as problem:
        return str(problem)
    if (sign := _unfilled_sign(slug)) is not None:
        return f"looks like a template that was not filled in: {sign} behind /in/"
    return None


def _check_authority(authority: str) -> None:
    host = authority.rpartition("@")[2].partition(":")[0]
    if _SHORT_HOST.fullmatch(host):
        raise _other_kind("a short link: open it in a browser, which leads to the profile")
    if invisible := invisible_character(authority):
        raise NotAProfileError(f"{_NOT_A_PROFILE}, without invisible characters ({invisible})")
    if not _HOST.fullmatch(host):
        raise NotAProfileError(_NOT_A_PROFILE)
    if "@" in authority:
        raise NotAProfileError(f"{_NOT_A_PROFILE}, without user name and password")
    if ":" in authority:
        raise NotAProfileError(f"{_NOT_A_PROFILE}, without a port")


def _other_path(path: str) -> NotAProfileError:
    found = _FIRST_SEGMENTS.match(path)
    first = found[1].lower() if found else ""
    if first == "in":
        return NotAProfileError(f"{_NOT_A_PROFILE}, with exactly one name behind /in/")
    return _other_kind(_OTHER_KINDS.get(first, _ALIEN))


def _other_kind(what: str) -> NotAProfileError:
    return NotAProfileError(f"{_NOT_A_PROFILE}; this is {what}; {_SEND}")


def _unfilled_sign(slug: str) -> str | None:
    decoded = unquote(slug)
    if not decoded.strip():
        return "there are only blanks"
    if (word := decoded.strip().casefold()) in _UNFILLED_WORDS:
        return f"there is “{word}”"
    if decoded[:4].lower() == "urn:":
        return "there is a URN"
    if _PLACEHOLDER.search(decoded):
        return "there is a placeholder"
    if "," in slug:
        return "there is a comma"
    if "/" in decoded or "\\" in decoded:
        return "there is an encoded slash"
    invisible = invisible_character(decoded)
    return f"there is an invisible character ({invisible})" if invisible else None
