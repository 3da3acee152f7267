"""What an agent may report."""

import pytest

from app.domain.errors import BadInput
from app.domain.tasks.lease import MAX_RESULT_BYTES, validate_result

_AROUND = len('{"text":""}')


@pytest.mark.parametrize("letter", ["x", "ü", "😀"])
def test_a_result_has_an_end_counted_in_bytes(letter: str) -> None:
    room = (MAX_RESULT_BYTES - _AROUND) // len(letter.encode())
    fits = {"text": letter * room}
    assert validate_result(fits) == fits
    with pytest.raises(BadInput) as raised:
        validate_result({"text": letter * (room + 1)})
    (detail,) = raised.value.details
    assert (detail.path, detail.message) == (
        ("result",),
        "must have at most 65,536 bytes as JSON",
    )


@pytest.mark.parametrize("result", [None, {}, {"success": True, "note": "done"}])
def test_an_ordinary_result_is_kept_as_it_is(result: dict[str, object] | None) -> None:
    assert validate_result(result) == result
