"""The kinds of JSON Schemas that responses are made of."""

from typing import Any

from app.rest.request_schemas import TIME_EXAMPLE, Schema, ref


def object_of(properties: Schema, optional: tuple[str, ...] = (), **more: object) -> Schema:
    """Returns an object whose properties are all required, except for the optional ones."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "required": required, **more, "properties": properties}


def enum_of(words: type[Any], description: str) -> Schema:
    """Returns the schema of a word of an enum."""
    return {
        "type": "string",
        "enum": [one.value for one in words],
        "description": description,
    }


def word_of(name: str, description: str) -> Schema:
    """Returns the schema of a word in a response: one of the named enum, or one of later versions.

    Open, so that a client generated from this version can read what later ones add; what requests
    may contain is closed.
    """
    return {"anyOf": [ref(name), {"type": "string"}], "description": description}


def text(description: str, **more: object) -> Schema:
    """Returns the schema of a string."""
    return {"type": "string", "description": description, **more}


def integer(description: str, **more: object) -> Schema:
    """Returns the schema of an integer."""
    return {"type": "integer", "description": description, **more}


def flag(description: str) -> Schema:
    """Returns the schema of a boolean."""
    return {"type": "boolean", "description": description}


def list_of(name: str, description: str, **more: object) -> Schema:
    """Returns the schema of a list of what is named."""
    return {"type": "array", "description": description, **more, "items": ref(name)}


def time(description: str, *, nullable: bool = False) -> Schema:
    """Returns the schema of a point in time."""
    return {
        "type": ["string", "null"] if nullable else "string",
        "format": "date-time",
        "description": description,
        "examples": [TIME_EXAMPLE],
    }


def kind_or_null(description: str) -> Schema:
    """Returns the schema of a kind of action that may be missing."""
    anything = word_of("ActionType", description)
    return {**anything, "anyOf": [*anything["anyOf"], {"type": "null"}]}
