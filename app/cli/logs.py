"""What processes write: one line a thing that happened, for people or as JSON."""

import json
import logging
import sys
from typing import Any, Final

import orjson
import structlog

from app.domain.times import iso_from_ms
from app.gateways.clock import now_ms
from app.log_context import with_log_context
from app.settings import Settings

# What the processors turn into text.
_FOR_PROCESSORS: Final = frozenset({"exc_info", "stack_info"})
_InfoLogger: Any = structlog.make_filtering_bound_logger(logging.INFO)


def keep_logs_quiet() -> None:
    """Send nothing anywhere: a command that is soon over says what went wrong by itself."""
    structlog.configure(processors=[_drop])


def _drop(*_event: object) -> structlog.typing.ProcessorReturnValue:
    raise structlog.DropEvent


def configure_logs(settings: Settings) -> None:
    """Send everything to stderr in the form that was set.

    Our own lines, one for each request among them, are written by structlog itself: the way through
    Python's logging takes five times as long. It is left to those who know nothing else.
    """
    shared: list[structlog.typing.Processor] = [
        with_log_context,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        _timed,
        structlog.processors.StackInfoRenderer(additional_ignores=[__name__]),
    ]
    is_json = settings.log_format == "json"
    renderers = _for_machines() if is_json else _for_people()
    structlog.configure(
        processors=[*shared, *renderers, _encoded],
        logger_factory=structlog.BytesLoggerFactory(sys.stderr.buffer),
        wrapper_class=_JsonLogger if is_json else _InfoLogger,
        cache_logger_on_first_use=True,
    )
    _send_others(shared, renderers)


class _JsonLogger(_InfoLogger):  # type: ignore[misc]
    """Writes the usual line, plain JSON at level info, without a call for each processor.

    Every other line goes through the processors. The lines are the same.
    """

    def info(self, event: str, *args: Any, **facts: Any) -> Any:
        """Writes one line."""
        if args or self._context or not facts.keys().isdisjoint(_FOR_PROCESSORS):
            return super().info(event, *args, **facts)
        line = with_log_context(None, "info", facts)
        line["event"] = event
        line["level"] = "info"
        line["logger"] = self._logger.name
        try:
            text = orjson.dumps(_timed(None, "info", line))
        except TypeError:
            return super().info(event, **facts)
        return self._logger.info(text)


def _send_others(
    shared: list[structlog.typing.Processor], renderers: list[structlog.typing.Processor]
) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *renderers],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    for name in ("tortoise", "arq", "httpx", "httpcore", "asyncio", "uvicorn.access"):
        logging.getLogger(name).setLevel(logging.WARNING)
    # It tells of every connection that it cannot make, with a traceback; requests tell it too.
    logging.getLogger("asyncpg.pool").setLevel(logging.ERROR)


def _timed(_logger: object, _name: str, line: Any) -> Any:
    line["timestamp"] = iso_from_ms(now_ms())
    return line


# Both leave out local variables, which tracebacks show by default: there are secrets in them.


def _for_machines() -> list[structlog.typing.Processor]:
    traceback = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
    return [
        structlog.processors.ExceptionRenderer(traceback),
        structlog.processors.JSONRenderer(serializer=_json),
    ]


def _for_people() -> list[structlog.typing.Processor]:
    return [
        structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    ]


def _json(line: dict[str, Any], **options: Any) -> str:
    try:
        return orjson.dumps(line, **options).decode()
    except TypeError:
        # Surrogates, and numbers of more than 64 bits.
        return json.dumps(line, **options)


def _encoded(_logger: object, _name: str, line: Any) -> bytes:
    return str(line).encode(errors="backslashreplace")
