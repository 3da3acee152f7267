"""Adds Python and Node to examples that are written in curl alone."""

import json
import re
import shlex
from typing import Any

from dev.docs_site.samples import in_python_and_node

_CURL = re.compile(
    r"^```bash\n(?P<command>curl [^`]*?)```$(?!\s*```(?:python|javascript))", re.MULTILINE
)
_HOST = "https://www.zen-mode.io"


def with_python_and_node(markdown: str) -> str:
    """The page; behind each single curl request to the APIs is the same request in both."""
    return _CURL.sub(_translated, markdown)


def _translated(block: re.Match[str]) -> str:
    words = shlex.split(block["command"].replace("\\\n", " "))
    headers, body, method, urls = _read(words[1:])
    # A stream, or something other than one request.
    if len(urls) != 1 or not urls[0].startswith(_HOST) or not headers:
        return block[0]
    return f"{block[0]}\n\n{in_python_and_node(method, urls[0], headers, body)}"


def _read(words: list[str]) -> tuple[dict[str, str], Any, str, list[str]]:
    """Headers, body, method and the words that are left: the URL, and what is not known here."""
    headers: dict[str, str] = {}
    body, method, rest = None, "", []
    while words:
        word = words.pop(0)
        if word == "-H":
            name, _, value = words.pop(0).partition(": ")
            headers[name] = value
        elif word == "-X":
            method = words.pop(0).lower()
        elif word == "-d":
            body = json.loads(words.pop(0))
        else:
            rest.append(word)
    if body is not None:
        headers.pop("Content-Type", None)
    return headers, body, method or ("get" if body is None else "post"), rest
