"""Whether a body is announced as JSON that can be read: the same for REST and GraphQL."""

import re
from typing import Final

from starlette.datastructures import Headers

JSON: Final = "application/json"
ACCEPTED_CODING: Final = {"Accept-Encoding": "identity"}
# Every name that IANA and the WHATWG know UTF-8 and ASCII by, in letters and digits alone. ASCII
# is UTF-8 too.
_CHARSETS: Final = frozenset(
    {
        *("utf8", "csutf8", "utf8sig", "unicode11utf8", "unicode20utf8", "xunicode20utf8"),
        *("ascii", "usascii", "csascii", "us", "ansix341968", "ansix341986", "iso646us"),
        *("iso646irv1991", "isoir6", "ibm367", "cp367"),
    }
)
_NOT_ALPHANUMERIC: Final = re.compile(r"[^0-9a-z]")


def content_coding_problem(headers: Headers) -> str | None:
    """What is wrong with a body that is compressed, in words, or None (RFC 9110, 15.5.16)."""
    codings = ",".join(headers.getlist("content-encoding")).lower().split(",")
    if all(one.strip() in ("", "identity") for one in codings):
        return None
    return "a compressed body is not accepted; send it without Content-Encoding"


def media_type_problem(headers: Headers, body: bytes) -> str | None:
    """What keeps a body from being JSON in UTF-8 by its Content-Type, in words, or None.

    RFC 8259 gives a charset no meaning: one that names UTF-8 or ASCII is let be. Nothing at all
    is of no type; its reader says that it is empty.
    """
    if not body and "content-type" not in headers:
        return None
    name, *parameters = headers.get("content-type", "").split(";")
    if name.strip().lower() != JSON:
        return f"send the body as Content-Type: {JSON}"
    if not all(map(_is_harmless, parameters)):
        return "send the body in UTF-8; another charset is not accepted"
    return None


def is_json(headers: Headers) -> bool:
    """Whether the body is announced as JSON, in the one encoding that JSON has."""
    return media_type_problem(headers, b"{}") is None


def _is_harmless(parameter: str) -> bool:
    name, _, value = parameter.partition("=")
    label = _NOT_ALPHANUMERIC.sub("", value.lower())
    return name.strip().lower() != "charset" or not label or label in _CHARSETS
