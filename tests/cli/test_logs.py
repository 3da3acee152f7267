import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from app.cli.logs import configure_logs
from app.log_context import bind_log_context, note
from app.settings import load_settings


@pytest.fixture
def untouched_logging() -> Iterator[None]:
    root = logging.getLogger()
    before = root.handlers, root.level
    yield
    root.handlers, root.level = before
    structlog.reset_defaults()


@pytest.mark.parametrize("log_format", ["console", "json"])
def test_a_traceback_shows_no_variables(
    log_format: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    untouched_logging: None,
) -> None:
    configure_logs(
        load_settings({"ZENMODE_LOG_FORMAT": log_format}, env_file=None, data_dir=tmp_path)
    )
    token = "zm_" + "x" * 36
    try:
        len(token) / 0
    except ZeroDivisionError:
        structlog.get_logger("test").exception("it went wrong")
    written = capsys.readouterr().err
    assert "it went wrong" in written
    assert "ZeroDivisionError" in written
    assert token not in written


@pytest.mark.parametrize("log_format", ["console", "json"])
def test_a_line_is_written_whatever_stands_in_it(
    log_format: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    untouched_logging: None,
) -> None:
    configure_logs(
        load_settings({"ZENMODE_LOG_FORMAT": log_format}, env_file=None, data_dir=tmp_path)
    )
    structlog.get_logger("test").info("odd", text="\ud800", number=2**70, thing=object())
    logging.getLogger("foreign").warning("from elsewhere")
    first, second = capsys.readouterr().err.splitlines()
    assert "odd" in first
    assert str(2**70) in first
    assert "from elsewhere" in second


def test_lines_for_machines_say_when_what_and_where(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], untouched_logging: None
) -> None:
    configure_logs(load_settings({"ZENMODE_LOG_FORMAT": "json"}, env_file=None, data_dir=tmp_path))
    with bind_log_context(request_id="req_1"):
        note(caller="key_1")
        structlog.get_logger("app.there").info("it happened", count=3)
    logging.getLogger("foreign").warning("from elsewhere")
    ours, theirs = (json.loads(line) for line in capsys.readouterr().err.splitlines())
    assert ours.pop("timestamp").endswith("Z")
    assert ours == {
        "event": "it happened",
        "level": "info",
        "logger": "app.there",
        "request_id": "req_1",
        "caller": "key_1",
        "count": 3,
    }
    assert (theirs["logger"], theirs["level"]) == ("foreign", "warning")


@pytest.mark.parametrize(
    "facts",
    [
        {"status": 200, "duration_ms": 1.5, "path": "/é", "nothing": None, "many": [1, {"a": 2}]},
        {"request_id": "own", "level": "mine", "logger": "mine", "timestamp": "mine"},
        {"text": "\ud800"},
        {"number": 2**70},
        {"kind": object, "numbers": {1: 2}},
        {"stack_info": True},
        {},
    ],
)
def test_the_usual_line_is_the_one_that_the_processors_write(
    facts: dict[str, object],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    untouched_logging: None,
) -> None:
    configure_logs(load_settings({"ZENMODE_LOG_FORMAT": "json"}, env_file=None, data_dir=tmp_path))
    log = structlog.get_logger("test")
    with bind_log_context(request_id="req_1"):
        note(caller="key_1")
        for writing in (log.info, log.warning):
            writing("happened", **facts)
    usual, whole = (json.loads(line) for line in capsys.readouterr().err.splitlines())
    for one in (usual, whole):
        assert one.pop("timestamp")
        one.pop("stack", None)
    assert list(usual) == list(whole)
    assert usual == {**whole, "level": "info"}
