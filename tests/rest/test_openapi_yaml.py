"""YAML as the REST API writes it is read back as the same document."""

import yaml
from hypothesis import given
from hypothesis import strategies as st

from app.rest.openapi import openapi_document
from app.rest.openapi_yaml import yaml_text

_TEXTS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=20)
_KEYS = _TEXTS | st.sampled_from(["yes", "on", "null", "y", "200", "a-b", "$ref", "", "1e3", "~"])
_LEAVES = st.none() | st.booleans() | st.integers(-(10**9), 10**9) | _TEXTS
_VALUES = st.recursive(
    _LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=3)
)


@given(st.dictionaries(_KEYS, _VALUES, max_size=3))
def test_any_document_is_read_back_the_same(document: dict[str, object]) -> None:
    assert yaml.safe_load(yaml_text(document)) == document


def test_the_document_is_written_in_blocks_with_plain_keys() -> None:
    lines = yaml_text(openapi_document()).splitlines()

    assert lines[:3] == ['openapi: "3.1.0"', "info:", '  title: "ZenMode REST API"']
    assert '  "/api/v1/tasks":' in lines
