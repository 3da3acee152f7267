"""Finds what `app` and the agent use of its libraries that they do not document.

Six kinds: a private attribute of an object that is not `self`, of another module; a private keyword
of a call; an import from a module that the library does not document; an assignment to something
imported; a method that overrides a private one; a private name, or any name of an undocumented
class, that a subclass reads of its base.
"""

import ast
import importlib
import inspect
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[2]

# The modules whose names the libraries' own documentation tells users to import.
DOCUMENTED = {
    *(
        "argcomplete",
        "argon2",
        "argon2.exceptions",
        "arq",
        "arq.connections",
        "arq.worker",
        "asyncpg",
        "certifi",
    ),
    *("cryptography.fernet", "cryptography.hazmat.primitives.hashes"),
    *(
        "cryptography.hazmat.primitives.kdf.hkdf",
        "dotenv",
        "graphql",
        "graphql.pyutils",
        "httptools",
        "httpx",
    ),
    *("opentelemetry.exporter.otlp.proto.http.trace_exporter", "opentelemetry.sdk.resources"),
    *("opentelemetry.sdk.trace", "opentelemetry.sdk.trace.export", "opentelemetry.trace"),
    *("opentelemetry.trace.propagation.tracecontext", "orjson", "prometheus_client"),
    *("prometheus_client.core", "prometheus_client.registry", "redis.asyncio"),
    *("redis.asyncio.sentinel", "redis.exceptions", "starlette.applications"),
    *("starlette.datastructures", "starlette.exceptions", "starlette.middleware.cors"),
    *("starlette.requests", "starlette.responses", "starlette.routing", "starlette.staticfiles"),
    *("starlette.types", "strawberry", "strawberry.schema.config", "strawberry.types"),
    *("structlog", "tortoise", "tortoise.connection", "tortoise.exceptions"),
    *("tortoise.expressions", "tortoise.indexes", "tortoise.models", "tortoise.transactions"),
    *("tortoise.fields", "tortoise.migrations", "tortoise.migrations.constraints", "uvicorn"),
    *("uvicorn.middleware.proxy_headers", "uvloop", "websockets.asyncio.client"),
    *("websockets.exceptions", "websockets.typing"),
}
# Our packages, and where they are.
_OURS = {"app": "app", "zenmode_agent": "agent/zenmode_agent"}
# Underscored, and documented all the same.
_PUBLIC = {"_fields", "_make", "_replace", "_asdict", "os._exit", "_job_id", "_expires"}


@dataclass(frozen=True, order=True)
class Use:
    """One use: the file, and the name as it stands at the end of a row of the page."""

    file: str
    name: str
    line: int


def uses() -> list[Use]:
    """Every use in the product, in the order of the files."""
    files = sorted(one for name in _OURS.values() for one in (ROOT / name).rglob("*.py"))
    return sorted({use for file in files for use in _in_file(file)})


def _in_file(file: Path) -> Iterator[Use]:
    text = file.read_text()
    for name, line in {*uses_in(text), *_of_classes(file, ast.parse(text))}:
        yield Use(str(file.relative_to(ROOT)), name, line)


def uses_in(text: str) -> Iterator[tuple[str, int]]:
    """The uses that the text of a module shows, each a name and a line."""
    tree = ast.parse(text)
    ours = {node.name for node in ast.walk(tree) if isinstance(node, _FUNCTIONS)}
    foreign = _foreign_names(tree)
    for node in ast.walk(tree):
        match node:
            case ast.Attribute() if _is_private_access(node) and node.attr not in ours:
                yield node.attr, node.lineno
            case ast.keyword(arg=str(name)) if _is_private(name) and name not in _PUBLIC:
                yield name, node.lineno
            case ast.ImportFrom(module=str(module)) if _is_undocumented(module):
                yield from ((one.name, node.lineno) for one in node.names)
            case ast.Assign():
                yield from _patched(node, foreign)


def _is_private_access(node: ast.Attribute) -> bool:
    owner = ast.unparse(node.value)
    return (
        _is_private(node.attr)
        and owner not in ("self", "cls", "super()")
        and not {node.attr, ast.unparse(node)} & _PUBLIC
    )


def _is_undocumented(module: str) -> bool:
    return _is_third_party(module) and module not in DOCUMENTED


def _patched(node: ast.Assign, foreign: set[str]) -> Iterator[tuple[str, int]]:
    for target in node.targets:
        if isinstance(target, ast.Attribute) and _root(target) in foreign:
            yield target.attr, node.lineno


def _is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def _foreign_names(tree: ast.Module) -> set[str]:
    """Names that are bound to something of a library: imported, or taken out of an import."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and _is_third_party(node.module or ""):
            found |= {one.asname or one.name for one in node.names}
        elif isinstance(node, ast.Import):
            found |= {one.asname or one.name for one in node.names if _is_third_party(one.name)}
    taken = {
        _target(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign | ast.AnnAssign)
        and isinstance(node.value, ast.Attribute | ast.Subscript)
        and _root(node.value) in found
    }
    return found | {one for one in taken if one is not None}


def _target(node: ast.Assign | ast.AnnAssign) -> str | None:
    target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
    return target.id if isinstance(target, ast.Name) else None


def _root(node: ast.expr) -> str | None:
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


def _is_third_party(module: str) -> bool:
    root = module.partition(".")[0]
    return root not in ("", "__future__", *_OURS) and root not in sys.stdlib_module_names


def _of_classes(file: Path, tree: ast.Module) -> Iterator[tuple[str, int]]:
    declared = [node for node in tree.body if isinstance(node, ast.ClassDef) and node.bases]
    if not declared:
        return
    root = ROOT / "agent" if "zenmode_agent" in file.parts else ROOT
    module = importlib.import_module(".".join(file.relative_to(root).with_suffix("").parts))
    for node in declared:
        bases = getattr(module, node.name).__mro__[1:]
        foreign = [one for one in bases if _is_third_party(one.__module__)]
        ours = [one for one in bases if one.__module__.partition(".")[0] in _OURS]
        if foreign:
            yield from _of_class(node, foreign, ours)


def _of_class(
    node: ast.ClassDef, foreign: list[type], ours: list[type]
) -> Iterator[tuple[str, int]]:
    defined = {one.name: one.lineno for one in node.body if isinstance(one, _FUNCTIONS)}
    read = {
        one.attr: one.lineno
        for one in ast.walk(node)
        if isinstance(one, ast.Attribute) and ast.unparse(one.value) in ("self", "super()")
    }
    for name, line in {**read, **defined}.items():
        owner = next((one for one in foreign if has(one, name)), None)
        is_own = name not in defined and any(name in vars(one) for one in ours)
        if owner is None or is_own or name.startswith("__"):
            continue
        if _is_private(name) or owner.__module__ not in DOCUMENTED | _REEXPORTED:
            yield name, line


_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
# Where documented classes are defined that are imported from elsewhere.
_REEXPORTED = {
    *("graphql.language.source", "graphql.language.visitor", "graphql.pyutils.cached_property"),
    *("graphql.validation.rules.values_of_correct_type", "graphql.validation.rules"),
    *("graphql.validation.validation_context", "strawberry.types.info", "structlog._native"),
}


def has(owner: type | ModuleType, name: str) -> bool:
    """Whether a class or module has a name, be it set in a method of the class only."""
    if hasattr(owner, name):
        return True
    if not isinstance(owner, type):
        return False
    return any(
        name in getattr(one, "__annotations__", {}) or name in _set_in_methods(one)
        for one in owner.__mro__
    )


@cache
def _set_in_methods(owner: type) -> frozenset[str]:
    try:
        text = inspect.getsource(owner)
    except (OSError, TypeError):
        return frozenset()
    return frozenset(re.findall(r"\bself\.(\w+)\s*(?::[^=\n]+)?=[^=]", text))
