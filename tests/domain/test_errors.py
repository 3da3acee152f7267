"""What an error says of bad fields."""

from collections.abc import Iterator

import pytest

from app.domain.errors import (
    MAX_DETAILS,
    BadInput,
    FieldError,
    PersistedQueryNotSupported,
    without_position,
)


def test_a_path_has_one_dotted_name() -> None:
    assert FieldError((3, "payload", "message"), "is required").name == "3.payload.message"


def test_collecting_bad_fields_ends_at_the_limit() -> None:
    yielded = []

    def problems() -> Iterator[FieldError]:
        for number in range(1_000_000):
            yielded.append(number)
            yield FieldError((f"x{number}",), "is odd")

    error = BadInput.of(problems())

    assert len(error.details) == MAX_DETAILS
    assert len(yielded) == MAX_DETAILS
    assert error.message.endswith("; x9 is odd; and 90 more")


def test_an_error_about_a_list_of_one_loses_its_position() -> None:
    with pytest.raises(BadInput) as caught, without_position():
        raise BadInput.of([FieldError((0, "payload", "message"), "is required")])

    assert caught.value.message == "payload.message is required"


def test_a_persisted_query_is_refused_in_the_words_that_apollo_clients_read() -> None:
    assert PersistedQueryNotSupported().message == "PersistedQueryNotSupported"
