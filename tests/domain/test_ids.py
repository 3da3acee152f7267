"""Public ids."""

import re

import pytest

from app.domain.ids import is_valid_id, new_id


def test_an_id_names_its_kind_and_its_time_and_sorts_by_it() -> None:
    assert re.fullmatch(r"task_rs_[0-9a-z]{8}", new_id("task", 36 * 27 + 28))
    assert new_id("task", 0).startswith("task_0_")
    assert new_id("task", 1_775_000_000_000) < new_id("task", 1_775_000_000_001)


def test_ids_of_one_moment_differ() -> None:
    assert len({new_id("acc", 1) for _ in range(1_000)}) == 1_000


@pytest.mark.parametrize("text", ["task_rs_0a1b2c3d", "x", "!~", "a" * 200])
def test_visible_ascii_can_be_looked_up(text: str) -> None:
    assert is_valid_id(text)


@pytest.mark.parametrize("text", ["", " ", "a b", "a\n", "\x00", "é", "\ud800", "a" * 201])
def test_what_a_database_may_choke_on_is_no_id(text: str) -> None:
    assert not is_valid_id(text)
