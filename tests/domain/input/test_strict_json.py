"""Every odd body is refused with a sentence, and every proper one is read as it stands."""

import contextlib
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import BadInput
from app.domain.input.json_problems import UnfitValues
from app.domain.input.strict_json import MAX_DEPTH, decode_object

SINGLE = ": JSON has double quotes, not single ones; a Windows shell passes them on"
UNQUOTED = ": names need double quotes in JSON; a shell may have removed them"
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
        (b"", "the body is empty; send a JSON object"),
        (b" \n", "the body is empty; send a JSON object"),
        (b"\xef\xbb\xbf", "the body is empty; send a JSON object"),
        (b'{"a": 1,}', "the body is not valid JSON (line 1, column 9)"),
        (b"{'a': 1}", f"the body is not valid JSON (line 1, column 2){SINGLE}"),
        (b"'{}'", f"the body is not valid JSON (line 1, column 1){SINGLE}"),
        (b"""{"a": 'b'}""", f"the body is not valid JSON (line 1, column 7){SINGLE}"),
        (b"{a: 1}", f"the body is not valid JSON (line 1, column 2){UNQUOTED}"),
        (b'{"a": 1, b: 1}', f"the body is not valid JSON (line 1, column 10){UNQUOTED}"),
        (b'{"a": 01}', "the body is not valid JSON (line 1, column 8)"),
        (b'{"a": "\n"}', "the body is not valid JSON (line 1, column 8)"),
        (b'{"a": 1} {}', "the body is not valid JSON (line 1, column 10)"),
        (b'{"a": "\xff"}', "the body is not valid UTF-8"),
        (b'{"a": "\xed\xa0\x80"}', "the body is not valid UTF-8"),
        *(
            ('{"a": 1}'.encode(encoding), "the body is in UTF-16 or UTF-32; send it in UTF-8")
            for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be")
        ),
        (b"[]", "the body must be a JSON object"),
        (b"null", "the body must be a JSON object"),
        (b'"{}"', "the body must be a JSON object"),
        (b"1", "the body must be a JSON object"),
        (b'{"a": 1, "a": 1}', "a must be given once"),
        (b'{"b": [{"a": 1, "\\u0061": 2}]}', "b.0.a must be given once"),
        (b'{"a": NaN}', "a must not be NaN, which is not JSON"),
        (b'{"a": -Infinity}', "a must not be -Infinity, which is not JSON"),
        (b'{"a": 1e400}', "a holds a number that is too large"),
        (b'{"a": 9223372036854775808}', "a holds an integer beyond 64 bits"),
        (b'{"a": -9223372036854775809}', "a holds an integer beyond 64 bits"),
        (b'{"a": "\\ud800"}', "a must not contain a lone surrogate"),
        (b'{"\\udc00": 1}', "\\udc00 must not contain a lone surrogate"),
        (b'{"a": ["\\u0000"]}', "a.0 must not contain a NUL character"),
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
        (b'\xef\xbb\xbf{"a": 1}', {"a": 1}),
        ('\ufeff{"a": 1}', {"a": 1}),
        (b'{"a": "\xef\xbb\xbf"}', {"a": "\ufeff"}),
        (b' \t\r\n{"a": [1, 1.5, true, null, "x"]} ', {"a": [1, 1.5, True, None, "x"]}),
        (b'{"a": "\\ud83d\\ude00\\u00e9"}', {"a": "\U0001f600é"}),
        (b'{"a": 9223372036854775807}', {"a": 2**63 - 1}),
        (b'{"a": -9223372036854775808}', {"a": -(2**63)}),
        (b'{"a": {"a": 1}, "b": {"a": 2}}', {"a": {"a": 1}, "b": {"a": 2}}),
    ],
)
def test_proper_json_is_read_as_it_stands(raw: bytes | str, value: object) -> None:
    assert decode_object(raw) == value


@pytest.mark.parametrize(
    ("raw", "path", "rest"),
    [
        ('{"a": 1, "b": {"c": [1, 1e999]}}', ("b", "c", 1), {"a": 1, "b": {"c": [1, None]}}),
        ('{"a": 1, "b": {"c": "\\u0000", "d": 2}}', ("b", "c"), {"a": 1, "b": {"d": 2}}),
        ('{"a": {"b": 1, "b": 2}}', ("a", "b"), {"a": {}}),
        ('{"a": {"b": 1, "b": 2, "b": 3}}', ("a", "b"), {"a": {}}),
        ('{"a": ' + "9" * 5_000 + "}", ("a",), {}),
        ('{"a": {"b\\ud800": 1}}', ("a", "b\\ud800"), {"a": {}}),
    ],
)
def test_what_is_unfit_is_named_by_its_place_and_taken_out(
    raw: str, path: tuple[str | int, ...], rest: object
) -> None:
    with pytest.raises(UnfitValues) as refusal:
        decode_object(raw)
    assert [one.path for one in refusal.value.details] == [path]
    assert refusal.value.rest == rest


def test_all_unfit_values_are_named_at_once_and_no_more_than_a_hundred() -> None:
    with pytest.raises(UnfitValues) as refusal:
        decode_object('{"a": NaN, "b": 1e999, "c": ["\\u0000"], "a": 1}')
    assert {one.name for one in refusal.value.details} == {"a", "b", "c.0"}

    with pytest.raises(UnfitValues) as refusal:
        decode_object('{"a": [' + ",".join(["NaN"] * 5_000) + "]}")
    assert len(refusal.value.details) == 100
    assert len(refusal.value.message) < 1_000


def test_in_a_body_of_very_many_values_nobody_looks_for_the_place() -> None:
    with pytest.raises(BadInput) as refusal:
        decode_object('{"a": [' + "1," * 60_000 + '"\\u0000"]}')
    assert refusal.value.message == "the body must not contain a NUL character"
    assert refusal.value.details == ()


def test_bad_syntax_behind_an_unfit_value_is_reported_first() -> None:
    with pytest.raises(BadInput, match="not valid JSON"):
        decode_object('{"a": NaN, "b": }')


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
