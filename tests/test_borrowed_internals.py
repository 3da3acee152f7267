"""docs/borrowed-internals.md: each name is still there, and no other is used."""

import importlib
import importlib.metadata
import inspect
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import pytest

from tests.internals.scan import ROOT, has, uses, uses_in

_PAGE = ROOT / "docs" / "borrowed-internals.md"


@dataclass(frozen=True)
class Row:
    """One row of the page: whose names, which, in which files."""

    owner: str
    names: tuple[str, ...]
    files: tuple[str, ...]


def _rows() -> Iterator[Row]:
    for line in _PAGE.read_text().splitlines():
        cells = [re.findall(r"`([^`]+)`", cell) for cell in line.strip("|").split(" | ")]
        if len(cells) == 4 and cells[0] and cells[1]:
            yield Row(cells[0][0], tuple(cells[1]), tuple(cells[2]))


ROWS = list(_rows())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.owner)
def test_the_installed_libraries_have_what_we_borrow(row: Row) -> None:
    owner = _found(row.owner)
    missing = [name for name in row.names if not _has(owner, name)]
    assert not missing, _culprit(row, missing)


def _found(path: str) -> Any:
    """The module, class or function of that name."""
    parts = path.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found: Any = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for name in parts[length:]:
            found = getattr(found, name, None)
        return found
    return None


def _has(owner: Any, name: str) -> bool:
    if owner is None:
        return False
    if isinstance(owner, type | ModuleType):
        return has(owner, name)
    return name in inspect.signature(owner).parameters


def _culprit(row: Row, missing: list[str]) -> str:
    root = row.owner.partition(".")[0]
    return (
        f"{_library(root)} has no {', '.join(missing)} in {row.owner}. "
        f"Used by {', '.join(row.files)}; why: docs/borrowed-internals.md"
    )


def _library(root: str) -> str:
    if root in sys.stdlib_module_names:
        return f"Python {sys.version.partition(' ')[0]}"
    # The same package is listed once for each of its files by some of them.
    name = sorted(importlib.metadata.packages_distributions()[root])[0]
    return f"{name} {importlib.metadata.version(name)}"


def test_a_name_that_an_upgrade_takes_away_is_named() -> None:
    row = Row("uvicorn.protocols.http.httptools_impl.HttpToolsProtocol", ("gone",), ("app/x.py",))
    with pytest.raises(AssertionError, match=r"uvicorn \d.*has no gone in .*app/x\.py"):
        test_the_installed_libraries_have_what_we_borrow(row)


def test_a_class_that_an_upgrade_takes_away_is_named() -> None:
    row = Row("tortoise.backends.sqlite.client.Gone", ("begin",), ("app/x.py",))
    with pytest.raises(AssertionError, match=r"tortoise-orm \d.*has no begin in .*client\.Gone"):
        test_the_installed_libraries_have_what_we_borrow(row)


def test_every_private_use_is_on_the_page() -> None:
    listed = {(file, name) for row in ROWS for file in row.files for name in row.names}
    unlisted = [use for use in uses() if (use.file, use.name) not in listed]
    assert not unlisted, "\n".join(f"{one.file}:{one.line} uses {one.name}" for one in unlisted)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.owner)
def test_what_is_on_the_page_is_used(row: Row) -> None:
    texts = [(ROOT / file).read_text() for file in row.files]
    unused = [
        name for name in row.names if not any(re.search(rf"\b{name}\b", one) for one in texts)
    ]
    assert not unused, f"{', '.join(row.files)} no longer use {', '.join(unused)}"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("import asyncpg\nasyncpg.connect()._protocol", {"_protocol"}),
        ("def f(schema): return schema._schema", {"_schema"}),
        ("class C:\n def f(self): return self.other._schema", {"_schema"}),
        ("class C:\n def f(self): return self._mine\n def _mine(self): ...", set()),
        ("class C:\n def _mine(self): ...\ndef f(c): return c._mine()", set()),
        ("from collections import namedtuple\nnamedtuple('T', 'a')(1)._replace(a=2)", set()),
        ("from tortoise import Tortoise\nTortoise.init(_global=True)", {"_global"}),
        ("from graphql.execution.values import get_argument_values", {"get_argument_values"}),
        ("from graphql import parse\nparse.speed = 1", {"speed"}),
        ("import graphql\ngraphql.parse.speed = 1", {"speed"}),
        ("from graphql import types\none = types['A']\none.fields['b'].resolve = 1", {"resolve"}),
        ("import httpx\nhttpx.Client().timeout = 1", set()),
    ],
)
def test_private_uses_are_found_in_a_text(text: str, found: set[str]) -> None:
    assert {name for name, _ in uses_in(text)} == found
