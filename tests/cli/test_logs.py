import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from app.cli.logs import configure_logs
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
