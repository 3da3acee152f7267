"""One request in curl, Python and Node, from its description."""

import json
import re
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
    blocks = {
        "bash": _curl(method, url, body),
        "python": _python(method, url, body),
        "javascript": _node(method, url, body),
    }
    return "\n\n".join(f"```{language}\n{code}\n```" for language, code in blocks.items())


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


def _python(method: str, url: str, body: Json | None) -> str:
    sent = "" if body is None else f"    json={_indented(_python_literal(body))},\n"
    return (
        "import requests\n\n"
        f"response = requests.{method}(\n"
        f'    "{url}",\n'
        f'    headers={{"Authorization": "Bearer {_KEY}"}},\n'
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


def _node(method: str, url: str, body: Json | None) -> str:
    headers = f'Authorization: "Bearer {_KEY}"'
    lines = [] if method == "get" else [f'  method: "{method.upper()}",']
    if body is None:
        lines.append(f"  headers: {{ {headers} }},")
    else:
        shown = re.sub(r'"(\w+)":', r"\1:", json.dumps(body, indent=2, ensure_ascii=False))
        shown = _with_trailing_commas(shown).replace("\n", "\n  ")
        lines.append(f'  headers: {{ {headers}, "Content-Type": "application/json" }},')
        lines.append(f"  body: JSON.stringify({shown}),")
    options = "\n".join(lines)
    return (
        f'const response = await fetch("{url}", {{\n{options}\n}});\n'
        "if (!response.ok) throw new Error(await response.text());\n"
        "console.log(await response.json());"
    )


def _indented(code: str) -> str:
    return code.replace("\n", "\n    ")


def _with_trailing_commas(code: str) -> str:
    return re.sub(r"(?<=[^{\[,])\n(?= *[}\]])", ",\n", code)
