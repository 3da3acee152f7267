"""What of a child's log reaches the terminal."""

import logging
from pathlib import Path

import pytest
import structlog

from app.cli.logs import configure_logs
from app.cli.up.log_tail import LogTail
from app.settings import load_settings


def test_only_warnings_and_errors_are_reported(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    tail = LogTail("web", log)
    log.write_text("at [info     ] fine\nat [warning  ] careful\n")
    assert tail.bad_news() == ["web: at [warning  ] careful"]
    with log.open("a") as file:
        file.write('{"event": "broken", "level": "error"}\n{"event": "x", "level": "info"}\n')
    assert tail.bad_news() == ['web: {"event": "broken", "level": "error"}']


def test_what_an_earlier_run_wrote_is_old(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    log.write_text("at [error    ] long ago\n")
    assert LogTail("web", log).bad_news() == []


def test_half_a_line_waits_for_its_other_half(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    tail = LogTail("web", log)
    log.write_text("at [error    ] bro")
    assert tail.bad_news() == []
    with log.open("a") as file:
        file.write("ken\n")
    assert tail.bad_news() == ["web: at [error    ] broken"]


def test_what_is_said_again_and_again_is_reported_once(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    tail = LogTail("web", log)
    log.write_text("".join(f"{second} [warning  ] Redis is away\n" for second in range(9)))
    assert tail.bad_news() == ["web: 0 [warning  ] Redis is away"]


def test_a_log_that_began_anew_is_read_from_its_beginning(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    log.write_text("at [info     ] a long line that was read already\n")
    tail = LogTail("web", log)
    log.write_text("at [error    ] new\n")
    assert tail.bad_news() == ["web: at [error    ] new"]


@pytest.mark.parametrize("log_format", ["console", "json"])
def test_it_reads_what_our_processes_write(
    tmp_path: Path, log_format: str, capfd: pytest.CaptureFixture[str]
) -> None:
    settings = load_settings({"ZENMODE_LOG_FORMAT": log_format}, None, tmp_path)
    before = list(logging.getLogger().handlers)
    try:
        configure_logs(settings)
        structlog.get_logger("app").warning("Redis is away")
        logging.getLogger("uvicorn.error").error("broken")
        logging.getLogger("uvicorn.error").info("fine")
    finally:
        logging.getLogger().handlers = before
        structlog.reset_defaults()
    log = tmp_path / "web.log"
    tail = LogTail("web", log)
    log.write_text(capfd.readouterr().err)
    told = tail.bad_news()
    assert ["Redis is away" in told[0], "broken" in told[1]] == [True, True]
    assert len(told) == 2
