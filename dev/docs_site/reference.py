"""The REST reference as Markdown, from the OpenAPI document."""

import json
from pathlib import Path
from typing import Any

from dev.docs_site.fields import field_rows, parameter_rows, resolve
from dev.docs_site.samples import samples

Json = dict[str, Any]
_OPENAPI = Path(__file__).parents[2] / "openapi.json"
_INTRO = """# REST reference

{description}

The same reference for programs: [openapi.json](/api/v1/openapi.json) or
[openapi.yaml](/api/v1/openapi.yaml). The guide, with limits,
idempotency and whole programs: [REST guide](api.md). All times are UTC.

"""


def reference_page() -> str:
    """Each operation with its request, its response, an example of both, and its errors."""
    document = json.loads(_OPENAPI.read_text())
    operations = [
        _operation(document, path, method, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    intro = _INTRO.format(description=document["info"]["description"])
    return intro + "\n".join(operations) + _events(document)


def _operation(document: Json, path: str, method: str, operation: Json) -> str:
    parts = [
        f"## {operation['summary'].rstrip('.')} {{ #{operation['operationId']} }}",
        f"`{method.upper()} {path}`",
        "**Deprecated.**" if operation.get("deprecated") else "",
        operation.get("description", ""),
        samples(path, method, operation),
        _request(document, operation),
        _response(document, operation),
        _errors(operation),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _request(document: Json, operation: Json) -> str:
    parts = []
    if operation["parameters"]:
        rows = "\n".join(parameter_rows(document, operation["parameters"]))
        parts.append(f"**Parameters**\n\n{_PARAMETERS}\n{rows}")
    if "requestBody" in operation:
        schema = operation["requestBody"]["content"]["application/json"]["schema"]
        rows = "\n".join(field_rows(document, schema, is_request=True))
        parts.append(f"**Request body**\n\n{_REQUEST_FIELDS}\n{rows}")
    return "\n\n".join(parts)


def _response(document: Json, operation: Json) -> str:
    status, response = next(iter(operation["responses"].items()))
    content = response["content"]["application/json"]
    rows = "\n".join(field_rows(document, content["schema"]))
    example = json.dumps(content["example"], indent=2, ensure_ascii=False)
    return (
        f"**Response: {status}**\n\n```json\n{example}\n```\n\n"
        f"| field | type | description |\n| --- | --- | --- |\n{rows}"
    )


def _errors(operation: Json) -> str:
    refusals = list(operation["responses"].items())[1:]
    rows = "\n".join(
        f"| {status} | {', '.join(f'[`{code}`](errors.md#{code})' for code in _codes(refusal))} |"
        for status, refusal in refusals
    )
    return f"**Errors**\n\n| status | code |\n| --- | --- |\n{rows}"


def _codes(refusal: Json) -> list[str]:
    return [code.strip("`") for code in refusal["description"].split(", ")]


def _events(document: Json) -> str:
    name, event = next(iter(document["webhooks"].items()))
    operation = event["post"]
    headers = "\n".join(
        f"| `{one['name']}` | {one['description']} |" for one in operation["parameters"]
    )
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    rows = "\n".join(field_rows(document, resolve(document, schema)))
    names = ", ".join(f"`{one}`" for one in document["webhooks"])
    return (
        f"\n## Webhook events {{ #webhookEvents }}\n\nSent to your webhooks: {names}. "
        "How to verify and answer them: [Webhooks](webhooks.md).\n\n"
        f"**Headers**\n\n| header | description |\n| --- | --- |\n{headers}\n\n"
        f"**Body of `{name}`**\n\n| field | type | description |\n| --- | --- | --- |\n{rows}\n"
    )


_PARAMETERS = "| name | in | type | description |\n| --- | --- | --- | --- |"
_REQUEST_FIELDS = "| field | type | required | description |\n| --- | --- | --- | --- |"
