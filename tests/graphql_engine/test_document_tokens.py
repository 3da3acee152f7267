"""Tokens are counted as the parser counts them, in time that hostile texts cannot stretch."""

import time

import pytest
from graphql import Lexer, Source, TokenKind
from hypothesis import given
from hypothesis import strategies as st

from app.graphql_engine.document_tokens import count_tokens


def lexed(text: str) -> int:
    lexer, count = Lexer(Source(text)), 0
    while lexer.advance().kind is not TokenKind.EOF:
        count += 1
    return count


@pytest.mark.parametrize(
    "text",
    [
        "{ a }",
        '{ a(x: "s", y: """b "" \\""" """, z: [1-2.5e3 $v]) @skip(if: true) { ...f } }',
        "# only\n{ a # {{{\n, b }",
        'query Q($a: [Int!]! = [1, 2]) { a: b(c: {d: E}) ... on T { e } } "" """"""',
        '{ a(x: "\\"{", y: "\\\\") }',
    ],
)
def test_tokens_are_counted_as_the_parser_counts_them(text: str) -> None:
    assert count_tokens(text) == lexed(text)


@given(
    st.lists(
        st.sampled_from(
            ["{", "}", "name", "...", "$v", '"s{"', '"""b"""', "-1.5e3", "12", "#c\n", ",", "&|!:="]
        )
    )
)
def test_any_sequence_of_tokens_is_counted_right(pieces: list[str]) -> None:
    text = " ".join(pieces)
    assert count_tokens(text) == lexed(text)


@pytest.mark.parametrize(
    "piece", ['"""\\', '"', '\\"""', '"\n', '"""x', "-", "1e", "{", "#\n", '"" ']
)
def test_counting_takes_time_in_proportion_to_the_text(piece: str) -> None:
    text = '"""' * (piece == '"" ') + piece * (256 * 1024 // len(piece))
    began = time.perf_counter()
    count_tokens(text)
    assert time.perf_counter() - began < 0.5
