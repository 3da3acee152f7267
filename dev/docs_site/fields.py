"""JSON Schemas as rows of Markdown tables."""

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

_NULL: Json = {"type": "null"}


def resolve(document: Json, schema: Json) -> Json:
    """The schema itself, references followed; of several kinds the first, or null."""
    if "$ref" in schema:
        found: Any = document
        for part in schema["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        return resolve(document, {**found, **{k: v for k, v in schema.items() if k != "$ref"}})
    if "anyOf" in schema:
        some, *others = schema["anyOf"]
        found = resolve(document, {**some, "description": schema["description"]})
        return {**found, "type": [found["type"], "null"]} if _NULL in others else found
    return schema


def parameter_rows(document: Json, parameters: list[Json]) -> Iterator[str]:
    """Name, place, type and description of each parameter."""
    for one in parameters:
        need = "Required. " if one["required"] else ""
        schema = resolve(document, one["schema"])
        text = f"{need}{one['description']} {_bounds(document, schema)}".strip()
        yield f"| `{one['name']}` | {one['in']} | {_type(schema)} | {text} |"


def field_rows(
    document: Json, schema: Json, prefix: str = "", *, is_request: bool = False
) -> Iterator[str]:
    """One row a field, those inside objects and lists too, by their dotted names."""
    schema = resolve(document, schema)
    for name, unresolved in schema.get("properties", {}).items():
        field = resolve(document, unresolved)
        need = ("yes" if name in schema.get("required", ()) else "no") if is_request else None
        cells = [f"`{prefix}{name}`", _type(field), need, _description(document, field)]
        yield f"| {' | '.join(cell for cell in cells if cell is not None)} |"
        inside = resolve(document, field.get("items", field))
        mark = "[]." if "items" in field else "."
        if "properties" in inside:
            yield from field_rows(document, inside, f"{prefix}{name}{mark}", is_request=is_request)


def _type(field: Json) -> str:
    kind = field.get("type", "object")
    kinds = kind if isinstance(kind, list) else [kind]
    text = " or ".join(kinds)
    if field.get("format") == "date-time":
        text = text.replace("string", "time")
    return text


def _description(document: Json, field: Json) -> str:
    return " ".join(
        part for part in (field.get("description", ""), _bounds(document, field)) if part
    )


def _bounds(document: Json, field: Json) -> str:
    words = field.get("enum") or resolve(document, field.get("items", {})).get("enum")
    parts = [", ".join(f"`{word}`" for word in words) if words else ""]
    if "minimum" in field and "maximum" in field:
        parts.append(f"{field['minimum']:,} to {field['maximum']:,}")
    if "maxLength" in field:
        parts.append(f"at most {field['maxLength']:,} characters")
    if "default" in field:
        parts.append(f"default `{str(field['default']).lower()}`")
    text = ", ".join(part for part in parts if part)
    return f"{text[0].upper()}{text[1:]}." if text else ""
