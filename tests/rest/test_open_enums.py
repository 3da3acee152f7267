"""Responses may contain words that a later version adds; requests may not."""

from collections.abc import Iterator
from typing import Any

from app.rest.openapi import openapi_document
from app.rest.schemas import COMPONENTS

Json = dict[str, Any]
_DOCUMENT = openapi_document("")
_OPERATIONS = [one for path in _DOCUMENT["paths"].values() for one in path.values()]
_EVENTS = [one["post"] for one in _DOCUMENT["webhooks"].values()]


def resolved(schema: Json) -> Json:
    name = schema.get("$ref", "").rpartition("/")[2]
    return COMPONENTS[name] if name else schema


def enums(schema: Json, place: str) -> Iterator[tuple[str, bool]]:
    """The place of each enum within a schema, and whether it admits other words too."""
    schema = resolved(schema)
    if "enum" in schema:
        yield place, False
    kinds = schema.get("anyOf", [])
    for kind in kinds:
        if "enum" in resolved(kind):
            yield place, {"type": "string"} in kinds
        else:
            yield from enums(kind, place)
    for name, field in schema.get("properties", {}).items():
        yield from enums(field, f"{place}.{name}")
    if "items" in schema:
        yield from enums(schema["items"], f"{place}[]")


def contents(message: Json) -> Iterator[Json]:
    for content in message.get("content", {}).values():
        yield content["schema"]


def schemas_that_clients_read() -> Iterator[tuple[str, Json]]:
    for operation in _OPERATIONS:
        for status, response in operation["responses"].items():
            name = response.get("$ref", "").rpartition("/")[2]
            response = _DOCUMENT["components"]["responses"][name] if name else response
            for schema in contents(response):
                yield f"{operation['operationId']} {status}", schema
    for event in _EVENTS:
        for schema in contents(event["requestBody"]):
            yield event["operationId"], schema


def schemas_that_clients_send() -> Iterator[tuple[str, Json]]:
    for operation in _OPERATIONS:
        for schema in contents(operation.get("requestBody", {})):
            yield operation["operationId"], schema
        for parameter in operation.get("parameters", []):
            yield f"{operation['operationId']} {parameter.get('name')}", parameter.get("schema", {})


def test_every_enum_of_a_response_or_an_event_admits_words_of_later_versions() -> None:
    found = [one for place, schema in schemas_that_clients_read() for one in enums(schema, place)]
    assert ("getTask 200.task.status", True) in found
    assert ("getTask 404.code", True) in found
    assert ("getLinkedinAccountLimits 200.limits[].action_type", True) in found
    assert [place for place, is_open in found if not is_open] == []


def test_every_enum_of_a_request_is_closed() -> None:
    found = [one for place, schema in schemas_that_clients_send() for one in enums(schema, place)]
    assert ("createTask.action_type", False) in found
    assert ("listTasks status[]", False) in found
    assert [place for place, is_open in found if is_open] == []
