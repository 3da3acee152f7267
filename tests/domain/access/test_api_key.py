"""What a new API key has to have."""

import pytest

from app.domain.access.api_key import MAX_NAME_LENGTH, NewApiKey
from app.domain.errors import BadInput
from app.domain.input.read_input import read_input


def test_a_name_is_stripped_and_a_key_lasts_unless_it_says_otherwise() -> None:
    key = read_input(NewApiKey, {"name": "  CI  "})
    assert (key.name, key.expires_at) == ("CI", None)


@pytest.mark.parametrize("name", [None, "", "   ", "x" * (MAX_NAME_LENGTH + 1)])
def test_a_key_without_a_name_of_fitting_length_is_refused(name: str | None) -> None:
    with pytest.raises(BadInput, match="name"):
        read_input(NewApiKey, {"name": name})


def test_a_key_that_has_expired_already_is_refused() -> None:
    with pytest.raises(BadInput, match="expires_at"):
        read_input(NewApiKey, {"name": "CI", "expires_at": "1970-01-01T00:00:01Z"}, now=1_000)
    assert (
        read_input(
            NewApiKey, {"name": "CI", "expires_at": "1970-01-01T00:00:01Z"}, now=999
        ).expires_at
        == 1_000
    )
