"""The OpenAPI document as it is served: JSON and YAML, with the reader's own URL."""

import json
from typing import Final

import orjson
from starlette.requests import HTTPConnection
from starlette.types import Scope

from app.rest.openapi import HOME, openapi_document
from app.rest.openapi_yaml import yaml_text
from app.rest.rest_response import RestResponse

_JSON: Final = "application/json; charset=utf-8"
_YAML: Final = "application/yaml; charset=utf-8"


class ApiDescription:
    """`/openapi.json` and `/openapi.yaml`; `public_url` is the installation's, where it is set."""

    def __init__(self, public_url: str | None) -> None:
        self._public_url = public_url
        document = openapi_document(HOME)
        self._files = {
            "/openapi.json": (_JSON, orjson.dumps(document)),
            "/openapi.yaml": (_YAML, yaml_text(document).encode()),
        }

    def describes(self, path: str) -> bool:
        """Whether the path, below the API's prefix, is that of a description."""
        return path in self._files

    def response(self, path: str, scope: Scope) -> RestResponse:
        """Returns the description; its URLs begin as the request's own."""
        content_type, text = self._files[path]
        own_url = (self._public_url or str(HTTPConnection(scope).base_url)).rstrip("/")
        # Both formats write strings as JSON does.
        escaped = json.dumps(own_url)[1:-1]
        body = text.replace(HOME.encode(), escaped.encode())
        return RestResponse(200, body, {}, content_type)
