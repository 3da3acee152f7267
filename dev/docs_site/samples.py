"""One request in curl, Python and Node, from its description."""

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

Json = dict[str, Any]
_HOST = "https://www.zen-mode.io"
_KEY = "zm_your_api_key"


def samples(path: str, method: str, operation: Json) -> str:
    """Three code blocks in a row: `tabs` makes them one set of tabs."""
    url = _HOST + _filled(path, operation)
    body = None
    if "requestBody" in operation:
        body = operation["requestBody"]["content"]["application/json"]["example"]
    headers = {"Authorization": f"Bearer {_KEY}"}
    blocks = [
        f"```bash\n{_curl(method, url, body)}\n```",
        in_python_and_node(method, url, headers, body),
    ]
    return "\n\n".join(blocks)


def in_python_and_node(method: str, url: str, headers: Mapping[str, str], body: Json | None) -> str:
    """Two code blocks with the same request; a body is sent as JSON."""
    python, node = _python(method, url, headers, body), _node(method, url, headers, body)
    return f"```python\n{python}\n```\n\n```javascript\n{node}\n```"


def _filled(path: str, operation: Json) -> str:
    """The path with an example of each parameter that has one."""
    query = {}
    for one in operation["parameters"]:
        if one["in"] == "path":
            path = path.replace(f"{{{one['name']}}}", str(one["example"]))
        elif one["in"] == "query" and "example" in one:
            value = one["example"]
            query[one["name"]] = ",".join(value) if isinstance(value, list) else value
    return f"{path}?{urlencode(query)}" if query else path


def _curl(method: str, url: str, body: Json | None) -> str:
    quoted = f'"{url}"' if "?" in url else url
    verb = "" if method == "get" else f"-X {method.upper()} "
    lines = [f"curl {verb}{quoted}", f'-H "Authorization: Bearer {_KEY}"']
    if body is not None:
        shown = json.dumps(body, indent=2, ensure_ascii=False).replace("\n", "\n  ")
        lines += ['-H "Content-Type: application/json"', f"-d '{shown}'"]
    return " \\\n  ".join(lines)


def _python(method: str, url: str, headers: Mapping[str, str], body: Json | None) -> str:
    shown = json.dumps(dict(headers), ensure_ascii=False)
    sent = "" if body is None else f"    json={_indented(_python_literal(body))},\n"
    return (
        "import requests\n\n"
        f"response = requests.{method}(\n"
        f'    "{url}",\n'
        f"    headers={shown},\n"
        f"{sent}"
        "    timeout=30,\n"
        ")\n"
        "response.raise_for_status()\n"
        "print(response.json())"
    )


def _python_literal(body: Json) -> str:
    text = json.dumps(body, indent=4, ensure_ascii=False)
    text = _with_trailing_commas(text)
    return text.replace(": true", ": True").replace(": false", ": False")


def _node(method: str, url: str, headers: Mapping[str, str], body: Json | None) -> str:
    typed = {} if body is None else {"Content-Type": "application/json"}
    fields = ", ".join(
        f"{_key(name)}: {json.dumps(value)}" for name, value in {**headers, **typed}.items()
    )
    lines = [] if method == "get" else [f'  method: "{method.upper()}",']
    lines.append(f"  headers: {{ {fields} }},")
    if body is not None:
        shown = re.sub(r'"(\w+)":', r"\1:", json.dumps(body, indent=2, ensure_ascii=False))
        shown = _with_trailing_commas(shown).replace("\n", "\n  ")
        lines.append(f"  body: JSON.stringify({shown}),")
    options = "\n".join(lines)
    return (
        f'const response = await fetch("{url}", {{\n{options}\n}});\n'
        "if (!response.ok) throw new Error(await response.text());\n"
        "console.log(await response.json());"
    )


def _key(name: str) -> str:
    return name if name.isidentifier() else json.dumps(name)


def _indented(code: str) -> str:
    return code.replace("\n", "\n    ")


def _with_trailing_commas(code: str) -> str:
    return re.sub(r"(?<=[^{\[,])\n(?= *[}\]])", ",\n", code)
