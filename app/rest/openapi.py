"""The OpenAPI 3.1 document, generated from the rows that serve the API."""

from http import HTTPStatus
from typing import Any

from app.domain.error_codes import rest_codes
from app.domain.webhooks.webhook import WebhookEvent
from app.rest import schemas
from app.rest.examples import PARAMETERS, REQUESTS, RESPONSES
from app.rest.openapi_headers import HEADERS, refusal_headers, success_headers
from app.rest.request_schemas import ref
from app.rest.route import Parameter, Route
from app.rest.router import ROUTES

PREFIX = "/api/v1"
_ALWAYS = (
    "invalid_request",
    "invalid_api_key",
    "no_active_subscription",
    "method_not_allowed",
    "rate_limited",
    "internal_error",
    "unavailable",
)
_WITH_BODY = ("body_too_large", "unsupported_media_type")
_DESCRIPTION = """Queue LinkedIn actions from your code.

Send `Authorization: Bearer zm_…` with every request. A workspace may send 100 requests in any 60
seconds, and create 500 tasks a day (UTC) for each LinkedIn account."""
_TAGS = {
    "/linkedin-accounts": "LinkedIn accounts",
    "/tasks": "Tasks",
    "/forecasts": "Tasks",
    "/webhooks": "Webhooks",
}
_TAG_DESCRIPTIONS = {
    "LinkedIn accounts": "The accounts that perform tasks. They are connected in the dashboard.",
    "Tasks": "LinkedIn actions: create, read and cancel them.",
    "Webhooks": "Where results are sent, and the requests that are sent there.",
}
_GUIDE = "/docs/api"
_REFERENCE = "/docs/rest-reference"
HOME = "https://www.zen-mode.io"
"""Whose documentation is linked as long as the installation's own URL is not known."""
_CONTACT = {"name": "ZenMode", "url": HOME}
_LICENCE = {"name": "All rights reserved", "url": HOME}
_SENT_HEADERS = {
    "X-ZenMode-Signature": "HMAC-SHA256 of the body in hex; the key is the webhook's secret.",
    "X-ZenMode-Event": "The event's name.",
    "X-ZenMode-Delivery": "The delivery's id, the same for every attempt.",
    "X-ZenMode-Attempt": "1 for the first attempt.",
    "webhook-id": "The delivery's id, for Standard Webhooks.",
    "webhook-timestamp": "When the attempt was sent, in seconds since 1970.",
    "webhook-signature": "The signature of Standard Webhooks.",
}


def openapi_document(public_url: str | None = None) -> dict[str, Any]:
    """The document as a plain object; `public_url` is where the installation is reached."""
    origin = (public_url or HOME).rstrip("/")
    paths: dict[str, dict[str, Any]] = {}
    for route in ROUTES:
        operation = {**_operation(route), **_explained(origin, f"{_REFERENCE}#{route.name}")}
        paths.setdefault(PREFIX + route.path, {})[route.method.lower()] = operation
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "ZenMode REST API",
            "version": "1.0.0",
            "description": _DESCRIPTION,
            "contact": _CONTACT,
            "license": _LICENCE,
        },
        "servers": [{"url": public_url or "/"}],
        **_explained(origin, _GUIDE),
        "security": [{"apiKey": []}],
        "tags": [{"name": name, "description": text} for name, text in _TAG_DESCRIPTIONS.items()],
        "paths": paths,
        "webhooks": {event.value: {"post": _webhook(event)} for event in WebhookEvent},
        "components": {
            "schemas": schemas.COMPONENTS,
            "headers": HEADERS,
            "securitySchemes": {
                "apiKey": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "An API key from the dashboard: `zm_…`.",
                }
            },
        },
    }


def _explained(origin: str, page: str) -> dict[str, Any]:
    return {"externalDocs": {"url": f"{origin}{page}"}}


def _operation(route: Route) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": route.name,
        "tags": [_tag(route.path)],
        "summary": route.summary,
        "description": route.description,
        **({"deprecated": True} if route.is_deprecated else {}),
        "parameters": [_parameter(one, PARAMETERS.get(route.name, {})) for one in route.parameters],
        "responses": {
            str(route.status): {
                "description": HTTPStatus(route.status).phrase,
                "headers": success_headers(route.name),
                "content": {
                    "application/json": {
                        "schema": route.answer_schema,
                        "example": RESPONSES[route.name],
                    }
                },
            },
            **_refusals(route),
        },
    }
    if route.body_schema is not None:
        content = {
            "application/json": {"schema": route.body_schema, "example": REQUESTS[route.name]}
        }
        operation["requestBody"] = {"required": True, "content": content}
    return operation


def _parameter(parameter: Parameter, examples: dict[str, Any]) -> dict[str, Any]:
    example = {"example": examples[parameter.name]} if parameter.name in examples else {}
    is_list = parameter.schema.get("type") == "array"
    return {
        **example,
        **({"style": "form", "explode": False} if is_list else {}),
        "name": parameter.name,
        "in": parameter.location,
        "required": parameter.is_required,
        "description": parameter.description,
        "schema": parameter.schema,
    }


def _refusals(route: Route) -> dict[str, Any]:
    codes = (*_ALWAYS, *route.codes, *(_WITH_BODY if route.takes_body else ()))
    by_status: dict[int, list[str]] = {}
    statuses = rest_codes()
    for code in codes:
        by_status.setdefault(statuses[code], []).append(code)
    return {
        str(status): {
            "description": ", ".join(f"`{code}`" for code in found),
            "headers": refusal_headers(status),
            "content": {"application/json": {"schema": ref("Error")}},
        }
        for status, found in sorted(by_status.items())
    }


def _webhook(event: WebhookEvent) -> dict[str, Any]:
    return {
        "operationId": event.value.replace(".", "_"),
        "tags": ["Webhooks"],
        "summary": f"Sent to your webhooks that listen to `{event.value}`.",
        "description": "Verify the signature against the raw body, then respond with any 2xx.",
        "security": [],
        "parameters": [
            {
                "name": name,
                "in": "header",
                "required": True,
                "description": text,
                "schema": {"type": "string"},
            }
            for name, text in _SENT_HEADERS.items()
        ],
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": ref("WebhookEvent")}},
        },
        "responses": {"2XX": {"description": "Received. Any other response is retried."}},
    }


def _tag(path: str) -> str:
    return next(name for start, name in _TAGS.items() if path.startswith(start))
