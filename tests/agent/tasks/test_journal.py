"""The journal: what it keeps, for whom, and over which ends of a process."""

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from zenmode_agent.tasks.journal import Journal, JournalUnusable, Report

_REPORT = Report("task_1", "lease-1", "complete", {"result": {"success": True, "note": "ü"}})

_BEGINS_AND_DIES = """
import os, signal, sys
from pathlib import Path
from zenmode_agent.tasks.journal import Journal, Report
journal = Journal.open(Path(sys.argv[1]))
journal.begin("task_1", "lease-1")
journal.begin("task_2", "lease-2")
journal.finish(Report("task_1", "lease-1", "complete", {"result": {"success": True}}))
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    journal = Journal.open(tmp_path / "data")
    yield journal
    journal.close()


def test_what_is_begun_is_unfinished_until_it_is_finished(journal: Journal) -> None:
    journal.begin("task_1", "lease-1")
    assert journal.unfinished() == [("task_1", "lease-1")]
    journal.finish(_REPORT)
    assert journal.unfinished() == []
    assert journal.unreported() == [_REPORT]


def test_what_is_forgotten_is_neither_unfinished_nor_unreported(journal: Journal) -> None:
    journal.begin("task_1", "lease-1")
    journal.begin("task_2", "lease-2")
    journal.finish(_REPORT)
    journal.forget("lease-1")
    journal.forget("lease-2")
    assert (journal.unfinished(), journal.unreported()) == ([], [])


def test_a_lease_cannot_be_begun_twice(journal: Journal) -> None:
    journal.begin("task_1", "lease-1")
    with pytest.raises(JournalUnusable):
        journal.begin("task_1", "lease-1")


def test_a_second_journal_in_the_same_folder_is_refused(journal: Journal, tmp_path: Path) -> None:
    with pytest.raises(JournalUnusable, match="another agent is running"):
        Journal.open(tmp_path / "data")


def test_a_folder_is_free_again_after_its_journal_is_closed(tmp_path: Path) -> None:
    Journal.open(tmp_path).close()
    Journal.open(tmp_path).close()


def test_what_was_written_survives_a_killed_process(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _BEGINS_AND_DIES, str(tmp_path)]
    assert subprocess.run(command, check=False, timeout=30).returncode == -9
    journal = Journal.open(tmp_path)
    assert [report.lease_token for report in journal.unreported()] == ["lease-1"]
    assert journal.unfinished() == [("task_2", "lease-2")]
    journal.close()


def test_a_torn_last_write_takes_nothing_else_along(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _BEGINS_AND_DIES, str(tmp_path)]
    subprocess.run(command, check=False, timeout=30)
    log = tmp_path / "journal.sqlite3-wal"
    os.truncate(log, log.stat().st_size - 100)
    journal = Journal.open(tmp_path)
    assert journal.unfinished() == [("task_1", "lease-1"), ("task_2", "lease-2")]
    journal.close()


def test_only_the_owner_can_read_the_journal(journal: Journal, tmp_path: Path) -> None:
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700
    for file in (tmp_path / "data").iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file


def test_a_file_that_is_no_journal_is_reported_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "journal.sqlite3").write_bytes(b"not a database, " * 64)
    with pytest.raises(JournalUnusable, match="cannot be used"):
        Journal.open(tmp_path)


def test_a_full_disk_is_reported_in_a_sentence(tmp_path: Path) -> None:
    Journal.open(tmp_path).close()
    connection = sqlite3.connect(tmp_path / "journal.sqlite3")
    connection.execute("PRAGMA max_page_count = 1")
    full = Journal(connection)
    with pytest.raises(JournalUnusable, match="cannot be written"):
        full.begin("task_1", "lease-1" + "x" * 10_000)
    full.close()
