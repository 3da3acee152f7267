"""The OpenAPI 3.1 document, generated from the rows that serve the API."""

from http import HTTPStatus
from typing import Any

from app.domain.webhook import WebhookEvent
from app.rest import schemas
from app.rest.adapter import ROWS
from app.rest.errors import STATUS_OF_CODE
from app.rest.examples import PARAMETERS, REQUESTS, RESPONSES
from app.rest.row import Parameter, Row

PREFIX = "/api/v1"
_ALWAYS = (
    "invalid_request",
    "invalid_api_key",
    "no_active_subscription",
    "rate_limited",
    "internal_error",
    "unavailable",
)
_WITH_BODY = ("body_too_large", "unsupported_media_type")
_DESCRIPTION = """Push LinkedIn automation tasks programmatically.

Every request carries `Authorization: Bearer zm_…`. A workspace may send 100 requests a minute, and
make 500 tasks a day for one LinkedIn account."""


def openapi_document() -> dict[str, Any]:
    """The document as a plain object."""
    paths: dict[str, dict[str, Any]] = {}
    for row in ROWS:
        paths.setdefault(PREFIX + row.path, {})[row.method.lower()] = _operation(row)
    return {
        "openapi": "3.1.0",
        "info": {"title": "ZenMode REST API", "version": "1.0.0", "description": _DESCRIPTION},
        "servers": [{"url": "/"}],
        "security": [{"apiKey": []}],
        "paths": paths,
        "webhooks": {event.value: {"post": _webhook(event)} for event in WebhookEvent},
        "components": {
            "schemas": schemas.COMPONENTS,
            "securitySchemes": {
                "apiKey": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "An API key from the dashboard, `zm_…`.",
                }
            },
        },
    }


def _operation(row: Row) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": row.name,
        "summary": row.summary,
        "parameters": [_parameter(one, PARAMETERS.get(row.name, {})) for one in row.parameters],
        "responses": {
            str(row.status): {
                "description": HTTPStatus(row.status).phrase,
                "content": {
                    "application/json": {
                        "schema": row.answer_schema,
                        "example": RESPONSES[row.name],
                    }
                },
            },
            **_refusals(row),
        },
    }
    if row.body_schema is not None:
        content = {"application/json": {"schema": row.body_schema, "example": REQUESTS[row.name]}}
        operation["requestBody"] = {"required": True, "content": content}
    return operation


def _parameter(parameter: Parameter, examples: dict[str, Any]) -> dict[str, Any]:
    example = {"example": examples[parameter.name]} if parameter.name in examples else {}
    return {
        **example,
        "name": parameter.name,
        "in": parameter.place,
        "required": parameter.is_required,
        "description": parameter.description,
        "schema": parameter.schema,
    }


def _refusals(row: Row) -> dict[str, Any]:
    codes = (*_ALWAYS, *row.codes, *(_WITH_BODY if row.takes_body else ()))
    by_status: dict[int, list[str]] = {}
    for code in codes:
        by_status.setdefault(STATUS_OF_CODE[code], []).append(code)
    return {
        str(status): {
            "description": ", ".join(f"`{code}`" for code in found),
            "content": {"application/json": {"schema": schemas.ref("Error")}},
        }
        for status, found in sorted(by_status.items())
    }


def _webhook(event: WebhookEvent) -> dict[str, Any]:
    signature = "HMAC-SHA256 hex digest of the request body, signed with your webhook secret."
    return {
        "summary": f"Sent to your webhooks that listen to `{event.value}`.",
        "security": [],
        "parameters": [
            {
                "name": name,
                "in": "header",
                "required": True,
                "description": text,
                "schema": {"type": "string"},
            }
            for name, text in (
                ("X-ZenMode-Signature", signature),
                ("X-ZenMode-Event", "The event."),
            )
        ],
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": schemas.ref("Event")}},
        },
        "responses": {"2XX": {"description": "It was taken. All else is tried again."}},
    }
