"""Points in time, in and out."""

import pytest

from app.domain.times import iso_from_ms, ms_from_rfc3339, ms_until_next_day, whole_seconds_up


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("2026-04-02T10:30:00Z", "2026-04-02T10:30:00.000Z"),
        ("2026-04-02t10:30:00.1239z", "2026-04-02T10:30:00.123Z"),
        ("2026-04-02T10:30:00.5+02:00", "2026-04-02T08:30:00.500Z"),
        ("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"),
        ("0342-05-24T12:54:19Z", "0342-05-24T12:54:19.000Z"),
        ("9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"),
    ],
)
def test_a_time_is_printed_in_utc_with_milliseconds(text: str, printed: str) -> None:
    assert iso_from_ms(ms_from_rfc3339(text)) == printed


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-04-02",
        "2026-04-02T10:30:00",
        "2026-W14-4T10:30:00Z",
        "2026-13-02T10:30:00Z",
        "tomorrow",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "٢026-04-02T10:30:00Z",
    ],
)
def test_what_is_not_an_rfc_3339_time_is_refused(text: str) -> None:
    with pytest.raises((ValueError, OverflowError)):
        ms_from_rfc3339(text)


def test_a_wait_is_rounded_up_and_never_nothing() -> None:
    assert [whole_seconds_up(ms) for ms in (0, 1, 1_000, 1_001)] == [1, 1, 1, 2]


def test_midnight_is_a_day_after_midnight() -> None:
    midnight = ms_from_rfc3339("2026-04-02T00:00:00Z")

    assert ms_until_next_day(midnight) == 86_400_000
    assert ms_until_next_day(midnight - 1) == 1
