"""Traces, if an address to send them to is set; otherwise next to nothing.

A request is one trace: the request, its GraphQL operation, each query. A delivery is another, with
every attempt in it, for it may go on for days: it is named after the delivery's id, so that a
worker that knows no more than the id goes on with it, and the request that caused it links there.
OpenTelemetry is imported only when traces are started.
"""

import hashlib
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Final

_NOTHING: Final[AbstractContextManager[Any]] = nullcontext()
_FLUSH_MS: Final = 3_000
_EVERY_MS: Final = 1_000
_PATH: Final = "/v1/traces"

_tracer: Any = None


def start(endpoint: str, service: str) -> Callable[[], None]:
    """Send spans to an OTLP endpoint over HTTP from now on; what is returned sends the rest.

    `service` is what the process is called there.
    """
    global _tracer
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    provider = TracerProvider(resource=Resource.create({"service.name": service}))
    exporter = OTLPSpanExporter(endpoint=endpoint.rstrip("/") + _PATH)
    provider.add_span_processor(BatchSpanProcessor(exporter, schedule_delay_millis=_EVERY_MS))
    _tracer = provider.get_tracer("zenmode")

    def stop() -> None:
        global _tracer
        _tracer = None
        provider.force_flush(_FLUSH_MS)
        provider.shutdown()

    return stop


def operation_span(name: str | None) -> AbstractContextManager[Any]:
    """A GraphQL operation that is carried out."""
    if _tracer is None:
        return _NOTHING
    attributes = {"graphql.operation.name": name or ""}
    return _tracer.start_as_current_span(  # type: ignore[no-any-return]
        "graphql", attributes=attributes
    )


def query_span(sql: str) -> AbstractContextManager[Any]:
    """A query, if it is part of something; what is looked for every second is not worth a trace.

    The span holds the text of the query, not its values.
    """
    if _tracer is None:
        return _NOTHING
    from opentelemetry.trace import get_current_span

    if not get_current_span().get_span_context().is_valid:
        return _NOTHING
    text = " ".join(sql.split())
    return _tracer.start_as_current_span(  # type: ignore[no-any-return]
        text.partition(" ")[0], attributes={"db.query.text": text}
    )


def request_span(method: str, headers: Mapping[str, str]) -> AbstractContextManager[Any]:
    """A request that has come in; part of its caller's trace, if it says so (W3C traceparent)."""
    if _tracer is None:
        return _NOTHING
    from opentelemetry.trace import SpanKind
    from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

    context = TraceContextTextMapPropagator().extract(headers)
    return _tracer.start_as_current_span(  # type: ignore[no-any-return]
        method, context=context, kind=SpanKind.SERVER
    )


def note(name: str, attributes: Mapping[str, str | int]) -> None:
    """Name the span that goes on now, and add to it. Attributes must hold no secret."""
    if _tracer is None:
        return
    from opentelemetry.trace import get_current_span

    current = get_current_span()
    current.set_attributes(attributes)
    current.update_name(name)


def delivery_queued(delivery_id: str) -> None:
    """What goes on now has caused a delivery: link to its trace."""
    if _tracer is None:
        return
    from opentelemetry.trace import Link, SpanKind

    link = Link(_span_context_of(delivery_id))
    attributes = {"zenmode.delivery": delivery_id}
    _tracer.start_span(
        "queue delivery", links=[link], attributes=attributes, kind=SpanKind.PRODUCER
    ).end()


def delivery_span(delivery_id: str, attempt: int) -> AbstractContextManager[Any]:
    """An attempt at a delivery, in the delivery's own trace."""
    if _tracer is None:
        return _NOTHING
    from opentelemetry.trace import NonRecordingSpan, SpanKind, set_span_in_context

    parent = set_span_in_context(NonRecordingSpan(_span_context_of(delivery_id)))
    return _tracer.start_as_current_span(  # type: ignore[no-any-return]
        "send webhook",
        context=parent,
        kind=SpanKind.CONSUMER,
        attributes={"zenmode.delivery": delivery_id, "zenmode.attempt": attempt},
    )


def _span_context_of(delivery_id: str) -> Any:
    from opentelemetry.trace import SpanContext, TraceFlags

    digest = hashlib.sha256(delivery_id.encode()).digest()
    return SpanContext(
        trace_id=int.from_bytes(digest[:16]),
        span_id=int.from_bytes(digest[16:24]),
        is_remote=True,
        trace_flags=TraceFlags(TraceFlags.SAMPLED),
    )
