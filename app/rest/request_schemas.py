"""JSON Schemas of request bodies, generated from the descriptions of inputs."""

from enum import StrEnum
from typing import Any, Final

from app.domain.input.field_kinds import (
    ChoiceField,
    ChoicesField,
    IntegerField,
    ObjectField,
    TextField,
    TimeField,
)
from app.domain.input.fields import fields_of
from app.domain.input.input_field import InputField
from app.domain.linkedin.linkedin_account import AccountStatus
from app.domain.pacing.limits import LimitWindow
from app.domain.pacing.locks import ProviderLimitCode
from app.domain.pacing.waiting import WaitingCode
from app.domain.tasks.task import ActionType, TaskStatus
from app.domain.webhooks.webhook import WebhookEvent

Schema = dict[str, Any]

ENUM_NAMES: Final[dict[type[StrEnum], str]] = {
    ActionType: "ActionType",
    TaskStatus: "TaskStatus",
    WebhookEvent: "EventType",
    AccountStatus: "AccountStatus",
    LimitWindow: "LimitWindow",
    ProviderLimitCode: "ProviderLimitCode",
    WaitingCode: "WaitingCode",
}
"""The names of enums in the OpenAPI document."""

TIME_EXAMPLE: Final = "2026-04-02T10:30:00.000Z"


def ref(name: str) -> Schema:
    """Returns a reference to a schema that the document names."""
    return {"$ref": f"#/components/schemas/{name}"}


def request_schema(described_type: type[Any], description: str | None = None) -> Schema:
    """Returns the schema of an input: optional fields may be null, and no other may be sent."""
    fields = {name: field for name, field in fields_of(described_type).items() if field.is_in_body}
    return {
        "type": "object",
        "required": [name for name, field in fields.items() if field.is_required],
        "additionalProperties": False,
        **({"description": description} if description else {}),
        "properties": {name: _nullable(field) for name, field in fields.items()},
    }


def field_schemas(described_type: type[Any]) -> Schema:
    """Returns the schemas of an input's fields as they stand in a response."""
    return {name: _schema_of(field) for name, field in fields_of(described_type).items()}


def _nullable(field: InputField) -> Schema:
    schema = _schema_of(field)
    return schema if field.is_required else {**schema, "type": [schema["type"], "null"]}


def _schema_of(field: InputField) -> Schema:
    description = {"description": field.description}
    match field:
        case ChoiceField():
            return ref(ENUM_NAMES[field.words])
        case ObjectField():
            return request_schema(field.fields, field.description)
        case TextField():
            return {"type": "string", **description, **_text_bounds(field)}
        case IntegerField():
            bounds = {"minimum": field.low, "maximum": field.high, "default": field.default}
            return {"type": "integer", **description, **bounds}
        case TimeField():
            examples = {"examples": [TIME_EXAMPLE]}
            return {"type": "string", "format": "date-time", **description, **examples}
        case ChoicesField():
            items = {"minItems": 1, "uniqueItems": True, "items": ref(ENUM_NAMES[field.words])}
            return {"type": "array", **description, **items}
        case _:
            return {"type": "boolean", **description}


def _text_bounds(field: TextField) -> Schema:
    bounds = {
        "minLength": field.min_length,
        "maxLength": field.max_length,
        "pattern": field.pattern,
        "examples": [field.example] if field.example else None,
    }
    return {name: value for name, value in bounds.items() if value is not None}
