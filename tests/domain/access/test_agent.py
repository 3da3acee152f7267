"""When an agent is online, and what it may announce."""

import pytest

from app.domain.access.agent import ONLINE_MS, Announcement, are_valid_ids, is_online
from app.domain.errors import BadInput
from app.domain.input.read_input import read_input

_NOW = 1_000_000


@pytest.mark.parametrize(
    ("last_seen_at", "offline_at", "revoked_at", "expected"),
    [
        (None, None, None, False),
        (_NOW, None, None, True),
        (_NOW - ONLINE_MS + 1, None, None, True),
        (_NOW - ONLINE_MS, None, None, False),
        (_NOW - 10, _NOW - 10, None, False),
        (_NOW - 10, _NOW - 11, None, True),
        (_NOW, None, _NOW, False),
    ],
)
def test_an_agent_is_online_for_a_minute_after_it_was_seen(
    last_seen_at: int | None, offline_at: int | None, revoked_at: int | None, expected: bool
) -> None:
    found = is_online(
        last_seen_at=last_seen_at, offline_at=offline_at, revoked_at=revoked_at, now=_NOW
    )
    assert found is expected


def test_an_announcement_names_features_once_and_in_one_order() -> None:
    sent = {"features": ["reconciles", "marks", "reconciles"]}
    assert read_input(Announcement, sent).features == ("marks", "reconciles")


def test_an_announcement_needs_its_features_and_no_unknown_one() -> None:
    for sent in ({}, {"features": ["flies"]}):
        with pytest.raises(BadInput):
            read_input(Announcement, sent)


@pytest.mark.parametrize(("account_id", "expected"), [("acc_1", True), ("", False), ("a b", False)])
def test_an_id_that_no_account_can_have_is_found(account_id: str, expected: bool) -> None:
    announcement = read_input(
        Announcement, {"features": [], "linkedin_account_ids": ["acc_2", account_id]}
    )
    assert are_valid_ids(announcement) is expected
