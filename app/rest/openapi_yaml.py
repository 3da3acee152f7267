"""The OpenAPI document as YAML, for tools and people who prefer it.

Strings are written as in JSON: every JSON string is a YAML string.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

_PLAIN_KEY = re.compile(r"[A-Za-z][\w-]*")
# What YAML 1.1 reads as a boolean or as nothing.
_NO_KEY = re.compile("y|n|yes|no|on|off|true|false|null", re.IGNORECASE)


def yaml_text(document: dict[str, Any]) -> str:
    """Returns the document in block style, objects and lists indented by two spaces."""
    return "".join(f"{line}\n" for line in _lines(document))


def _lines(value: Any) -> Iterator[str]:
    if isinstance(value, dict) and value:
        for name, inner in value.items():
            yield from _entry(f"{_key(name)}:", inner)
    elif isinstance(value, list) and value:
        for inner in value:
            yield from _entry("-", inner)
    else:
        yield json.dumps(value, ensure_ascii=False)


def _entry(start: str, value: Any) -> Iterator[str]:
    if isinstance(value, dict | list) and value:
        yield start
        yield from (f"  {line}" for line in _lines(value))
    else:
        yield f"{start} {json.dumps(value, ensure_ascii=False)}"


def _key(name: str) -> str:
    is_plain = _PLAIN_KEY.fullmatch(name) and not _NO_KEY.fullmatch(name)
    return name if is_plain else json.dumps(name, ensure_ascii=False)
