"""Every odd body is refused with a sentence, and every proper one is read as it stands."""

import contextlib
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import BadInput
from app.domain.strict_json import MAX_DEPTH, decode_object

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=5)
JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "the body is not valid JSON (line 1, column 1)"),
        (b'{"a": 1,}', "the body is not valid JSON (line 1, column 9)"),
        (b"{'a': 1}", "the body is not valid JSON (line 1, column 2)"),
        (b'{"a": 01}', "the body is not valid JSON (line 1, column 8)"),
        (b'{"a": "\n"}', "the body is not valid JSON (line 1, column 8)"),
        (b'{"a": 1} {}', "the body is not valid JSON (line 1, column 10)"),
        (b'\xef\xbb\xbf{"a": 1}', "the body is not valid JSON (line 1, column 1)"),
        (b'{"a": "\xff"}', "the body is not valid UTF-8"),
        (b'{"a": "\xed\xa0\x80"}', "the body is not valid UTF-8"),
        ('{"a": 1}'.encode("utf-16"), "the body is not valid UTF-8"),
        (b"[]", "the body must be a JSON object"),
        (b"null", "the body must be a JSON object"),
        (b'"{}"', "the body must be a JSON object"),
        (b"1", "the body must be a JSON object"),
        (b'{"a": 1, "a": 1}', 'the body has the key "a" twice'),
        (b'{"b": [{"a": 1, "\\u0061": 2}]}', 'the body has the key "a" twice'),
        (b'{"a": NaN}', "the body holds NaN, which is not JSON"),
        (b'{"a": -Infinity}', "the body holds -Infinity, which is not JSON"),
        (b'{"a": 1e400}', "the body holds a number that is too large"),
        (b'{"a": 9223372036854775808}', "the body holds an integer beyond 64 bits"),
        (b'{"a": -9223372036854775809}', "the body holds an integer beyond 64 bits"),
        (b'{"a": "\\ud800"}', "the body must not contain a lone surrogate"),
        (b'{"\\udc00": 1}', "the body must not contain a lone surrogate"),
        (b'{"a": ["\\u0000"]}', "the body must not contain a NUL character"),
    ],
)
def test_what_could_be_read_in_two_ways_is_refused(raw: bytes, sentence: str) -> None:
    with pytest.raises(BadInput) as refusal:
        decode_object(raw)
    assert refusal.value.message == sentence


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (b"{}", {}),
        (b' \t\r\n{"a": [1, 1.5, true, null, "x"]} ', {"a": [1, 1.5, True, None, "x"]}),
        (b'{"a": "\\ud83d\\ude00\\u00e9"}', {"a": "\U0001f600é"}),
        (b'{"a": 9223372036854775807}', {"a": 2**63 - 1}),
        (b'{"a": -9223372036854775808}', {"a": -(2**63)}),
        (b'{"a": {"a": 1}, "b": {"a": 2}}', {"a": {"a": 1}, "b": {"a": 2}}),
    ],
)
def test_proper_json_is_read_as_it_stands(raw: bytes, value: object) -> None:
    assert decode_object(raw) == value


def test_a_whole_number_keeps_its_kind() -> None:
    read = decode_object(b'{"a": 1, "b": 1.0}')
    assert [type(one) for one in read.values()] == [int, float]


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
def test_nesting_ends_at_the_limit(opening: str, closing: str) -> None:
    def nested(levels: int) -> str:
        return '{"a":' + opening * (levels - 2) + "{}" + closing * (levels - 2) + "}"

    decode_object(nested(MAX_DEPTH))
    with pytest.raises(BadInput, match="nested deeper than 100 levels"):
        decode_object(nested(MAX_DEPTH + 1))
    with pytest.raises(BadInput, match="nested too deeply"):
        decode_object('{"a":' + opening * 100_000)


def test_a_refusal_says_what_it_speaks_of() -> None:
    with pytest.raises(BadInput, match="the message must be a JSON object"):
        decode_object("[]", "the message")


@pytest.mark.parametrize("body", ["9" * 250_000, "1" * 250_000 + ".5", "[" * 250_000])
def test_hostile_numbers_and_nesting_cost_little(body: str) -> None:
    began = time.perf_counter()
    with pytest.raises(BadInput):
        decode_object('{"a":' + body + "}")
    assert time.perf_counter() - began < 0.5


@given(st.dictionaries(TEXTS, JSON_VALUES, max_size=3))
def test_whatever_json_can_say_comes_through_unchanged(value: dict[str, object]) -> None:
    assert decode_object(json.dumps(value)) == value
    assert decode_object(json.dumps(value, ensure_ascii=False).encode()) == value


@given(st.binary(max_size=60))
def test_no_bytes_do_more_than_be_refused(raw: bytes) -> None:
    with contextlib.suppress(BadInput):
        assert isinstance(decode_object(raw), dict)
