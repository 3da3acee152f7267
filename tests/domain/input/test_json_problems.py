"""Values in JSON that readers read differently."""

import pytest

from app.domain.errors import MAX_DETAILS
from app.domain.input.json_problems import (
    LARGEST,
    LENIENT_DECODER,
    SMALLEST,
    TooDeepError,
    Unfit,
    find_unfit_values,
    read_integer,
    read_real,
)


def found(text: str) -> tuple[dict[str, str], object]:
    top = LENIENT_DECODER.decode(text)
    return {one.name: one.message for one in find_unfit_values(top, 10)}, top


@pytest.mark.parametrize(
    ("text", "problems", "rest"),
    [
        ('{"a": 1, "b": [2.5, "x", null, true]}', {}, {"a": 1, "b": [2.5, "x", None, True]}),
        ('{"a": NaN, "b": 1}', {"a": "must not be NaN, which is not JSON"}, {"b": 1}),
        ('{"a": 1, "a": 1}', {"a": "must be given once"}, {}),
        ('{"a": [1, 1e999]}', {"a.1": "holds a number that is too large"}, {"a": [1, None]}),
        ('{"a": {"b": "\\u0000"}}', {"a.b": "must not contain a NUL character"}, {"a": {}}),
        ('{"a": "\\ud800"}', {"a": "must not contain a lone surrogate"}, {}),
    ],
)
def test_an_unfit_value_is_named_by_its_path_and_taken_out(
    text: str, problems: dict[str, str], rest: object
) -> None:
    assert found(text) == (problems, rest)


def test_the_search_ends_when_enough_is_found() -> None:
    top = LENIENT_DECODER.decode("{" + ",".join(f'"x{n}":NaN' for n in range(1_000)) + "}")
    assert len(find_unfit_values(top, 10)) == MAX_DETAILS


def test_what_is_nested_too_deeply_is_not_walked_through() -> None:
    assert find_unfit_values({"a": {"b": {}}}, 3) == []
    with pytest.raises(TooDeepError):
        find_unfit_values({"a": {"b": {}}}, 2)


def test_integers_have_64_bits_and_reals_are_finite() -> None:
    assert read_integer(str(LARGEST)) == LARGEST
    assert read_integer(str(SMALLEST)) == SMALLEST
    for digits in (str(LARGEST + 1), str(SMALLEST - 1), "9" * 100_000):
        assert isinstance(read_integer(digits), Unfit)
    assert read_real("1e308") == 1e308
    assert isinstance(read_real("1e309"), Unfit)
