"""Clients that are generated from openapi.json have types, pass their checks, and work."""

import asyncio
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.audits.node import FOLDER as NODE_FOLDER
from tests.audits.node import NODE, install
from tests.rest.product import Product

pytestmark = pytest.mark.timeout(180)
_ROOT = Path(__file__).parents[2]
_CLIENTS = Path(__file__).parent / "clients"
_BIN = Path(sys.executable).parent
# Without it, a field with a default would have to be sent.
_OPTIONAL_DEFAULTS = "--default-non-nullable=false"


async def run(folder: Path, *command: str) -> str:
    """What a command prints; the server under test is in this process, so it must not block."""
    process = await asyncio.create_subprocess_exec(
        *command,
        cwd=folder,
        env=os.environ | {"PATH": f"{_BIN}:{os.environ['PATH']}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    output, _ = await process.communicate()
    assert process.returncode == 0, output.decode()
    return output.decode()


async def test_the_python_client_is_typed_and_works(
    sqlite_product: Product, tmp_path: Path
) -> None:
    source = str(_ROOT / "openapi.json")
    await run(
        tmp_path,
        *(str(_BIN / "openapi-python-client"), "generate", "--path", source),
        *("--output-path", "zenmode_api", "--meta", "none"),
    )
    shutil.copy(_CLIENTS / "client.py", tmp_path)
    # Of the generator's own files, which are the same for every API, one is not well typed.
    memo = ("client.py", "zenmode_api/models", "zenmode_api/api")
    await run(tmp_path, str(_BIN / "mypy"), "--strict", "--follow-imports=silent", *memo)

    printed = await run(
        tmp_path, sys.executable, "client.py", sqlite_product.url, sqlite_product.owner.api_key
    )

    assert printed == "pending 1 not_found\n"


async def test_the_typescript_client_is_typed_and_works(
    sqlite_product: Product, tmp_path: Path
) -> None:
    install()
    modules = NODE_FOLDER / "node_modules"
    (tmp_path / "node_modules").symlink_to(modules)
    (tmp_path / "package.json").write_text('{"type": "module"}')
    shutil.copy(_CLIENTS / "client.ts", tmp_path)
    generator = str(modules / "openapi-typescript" / "bin" / "cli.js")
    await run(
        tmp_path, NODE, generator, str(_ROOT / "openapi.json"), "-o", "api.d.ts", _OPTIONAL_DEFAULTS
    )
    compiler = str(modules / "typescript" / "bin" / "tsc")
    options = "--strict --target es2022 --module esnext --moduleResolution bundler"
    await run(tmp_path, NODE, compiler, "--noEmit", *options.split(), "client.ts")

    printed = await run(
        tmp_path, NODE, "client.ts", sqlite_product.url, sqlite_product.owner.api_key
    )

    assert printed.splitlines()[-1] == "pending 1 not_found true"
