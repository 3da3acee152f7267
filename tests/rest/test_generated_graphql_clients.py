"""Clients that are generated from schema.graphql have types, pass their checks, and work."""

import shutil
import sys
from pathlib import Path

import pytest

from tests.audits.node import FOLDER as NODE_FOLDER
from tests.audits.node import NODE, install
from tests.rest.product import Product
from tests.rest.test_generated_clients import run

pytestmark = pytest.mark.timeout(180)
_SCHEMA = str(Path(__file__).parents[2] / "schema.graphql")
_CLIENTS = Path(__file__).parent / "clients"
_BIN = Path(sys.executable).parent
# It needs an older graphql-core than we run with, and so an environment of its own.
_LOCK = _CLIENTS / "ariadne-codegen.lock"
_SETTINGS = f"""
[tool.ariadne-codegen]
schema_path = "{_SCHEMA}"
queries_path = "tasks.graphql"
target_package_name = "zenmode_graphql"
include_comments = "none"

[tool.ariadne-codegen.scalars.DateTime]
type = "str"

[tool.ariadne-codegen.scalars.JSON]
type = "object"
"""


async def test_the_python_client_is_typed_and_works(
    sqlite_product: Product, tmp_path: Path
) -> None:
    (tmp_path / "pyproject.toml").write_text(_SETTINGS)
    for name in ("tasks.graphql", "graphql_client.py"):
        shutil.copy(_CLIENTS / name, tmp_path)
    uv, python = str(_BIN / "uv"), str(tmp_path / "venv" / "bin" / "python")
    await run(tmp_path, uv, "venv", "--quiet", "--python", sys.executable, "venv")
    install_locked = ("pip", "install", "--quiet", "--system-certs", "--require-hashes")
    await run(tmp_path, uv, *install_locked, "--python", python, "-r", str(_LOCK))
    await run(tmp_path, str(tmp_path / "venv" / "bin" / "ariadne-codegen"))
    # Of the generator's own files, which are the same for every API, one is not well typed.
    generated = {one.name for one in (tmp_path / "zenmode_graphql").glob("*.py")}
    checked = [f"zenmode_graphql/{name}" for name in generated - {"async_base_client.py"}]
    strict = ("--strict", "--follow-imports=silent", "--python-executable", python)
    await run(tmp_path, str(_BIN / "mypy"), *strict, "graphql_client.py", *checked)

    printed = await run(
        tmp_path, python, "graphql_client.py", sqlite_product.url, sqlite_product.owner.api_key
    )

    assert printed == "PENDING None None None Z\n"


async def test_the_typescript_client_is_typed_and_works(
    sqlite_product: Product, tmp_path: Path
) -> None:
    install()
    modules = NODE_FOLDER / "node_modules"
    (tmp_path / "node_modules").symlink_to(modules)
    (tmp_path / "package.json").write_text('{"type": "module"}')
    for name in ("tasks.graphql", "graphql_client.ts"):
        shutil.copy(_CLIENTS / name, tmp_path)
    generator = str(NODE_FOLDER / "graphql_codegen.mjs")
    output = str(tmp_path / "graphql_api.ts")
    await run(tmp_path, NODE, generator, _SCHEMA, "tasks.graphql", output)
    options = "--strict --target es2022 --lib es2022,dom --module esnext --moduleResolution bundler"
    compiler = str(modules / "typescript" / "bin" / "tsc")
    allowed = ("--allowImportingTsExtensions", "--noEmit", "--skipLibCheck")
    await run(tmp_path, NODE, compiler, *allowed, *options.split(), "graphql_client.ts")

    printed = await run(
        tmp_path, NODE, "graphql_client.ts", sqlite_product.url, sqlite_product.owner.api_key
    )

    assert printed.splitlines()[-1] == "PENDING null undefined true Z"
