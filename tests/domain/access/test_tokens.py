"""Tokens: their form, their checksum, and what is kept and shown of them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.access.tokens import (
    AGENT_PREFIX,
    API_KEY_PREFIX,
    hash_of,
    hint_of,
    new_lease_token,
    new_session_token,
    new_token,
    prefix_of,
)


@pytest.mark.parametrize("prefix", [API_KEY_PREFIX, AGENT_PREFIX])
def test_a_new_token_is_well_formed_and_new(prefix: str) -> None:
    tokens = {new_token(prefix) for _ in range(100)}
    assert len(tokens) == 100
    for token in tokens:
        assert re.fullmatch(prefix + r"[0-9A-Za-z]{36}", token)
        assert prefix_of(token) == prefix


@given(position=st.integers(3, 38), letter=st.sampled_from("0Zz"))
def test_a_token_with_one_wrong_character_is_refused(position: int, letter: str) -> None:
    token = new_token(API_KEY_PREFIX)
    changed = token[:position] + letter + token[position + 1 :]
    assert prefix_of(changed) == (API_KEY_PREFIX if changed == token else None)


@pytest.mark.parametrize("text", ["", "zm_", "zx_" + "a" * 36, " ", "zm_" + "é" * 36])
def test_what_is_no_token_has_no_prefix(text: str) -> None:
    assert prefix_of(text) is None
    assert prefix_of(new_token(API_KEY_PREFIX) + "\n") is None


@pytest.mark.parametrize("prefix", [API_KEY_PREFIX, AGENT_PREFIX])
def test_a_hint_shows_eight_random_characters(prefix: str) -> None:
    token = new_token(prefix)
    start, end = hint_of(token).split("…")
    assert token.startswith(start)
    assert token.endswith(end)
    assert (len(start) - len(prefix), len(end)) == (4, 4)


def test_only_a_hash_is_stored() -> None:
    assert hash_of("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_session_and_lease_tokens_are_new_each_time() -> None:
    assert len({new_session_token() for _ in range(50)}) == 50
    assert len({new_lease_token() for _ in range(50)}) == 50
