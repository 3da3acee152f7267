"""The rules of CONTRIBUTING.md that a program can check and no linter knows."""

import ast
from collections.abc import Iterator
from pathlib import Path

_ROOT = Path(__file__).parent.parent
_PACKAGES = (_ROOT / "app", _ROOT / "agent" / "zenmode_agent")
_MODULES_IN_A_FOLDER = 20
_EMPTY_NAMES = {"utils", "helpers", "common", "base", "manager", "service", "core", "misc"}
_MODULE_LINES = 300
_FUNCTION_LINES = 40


def _modules() -> Iterator[tuple[str, str]]:
    for package in _PACKAGES:
        for path in sorted(package.rglob("*.py")):
            yield str(path.relative_to(package.parent)).removeprefix("app/"), path.read_text()


def _nodes() -> Iterator[tuple[str, ast.AST]]:
    for name, text in _modules():
        for node in ast.walk(ast.parse(text)):
            yield name, node


def test_a_module_can_be_read_in_one_sitting() -> None:
    long = [
        name
        for name, text in _modules()
        if text.count("\n") > _MODULE_LINES and "migrations" not in name  # those are generated
    ]
    assert long == []


def test_a_function_fits_on_a_screen() -> None:
    long = [
        f"{module}: {node.name}"
        for module, node in _nodes()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= _FUNCTION_LINES
    ]
    assert long == []


def test_a_file_name_says_what_is_inside() -> None:
    empty = [name for name, _ in _modules() if {*Path(name).with_suffix("").parts} & _EMPTY_NAMES]
    assert empty == []


def test_only_the_settings_read_the_environment() -> None:
    reads = {
        module
        for module, node in _nodes()
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "environb", "getenv"}
    }
    assert reads <= {"settings/loading.py", "zenmode_agent/settings.py"}


def test_loops_of_the_background_are_started_where_they_are_started_again() -> None:
    endless = {
        node.name
        for _, node in _nodes()
        if isinstance(node, ast.AsyncFunctionDef)
        and any(
            isinstance(part, ast.While)
            and isinstance(part.test, ast.Constant)
            and "except Exception:" not in ast.unparse(part)
            for part in node.body
        )
    }
    bare = [
        f"{module}:{node.lineno}"
        for module, node in _nodes()
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) == "asyncio.create_task"
        and isinstance(call := node.args[0], ast.Call)
        and ast.unparse(call.func).rpartition(".")[2] in endless | {"run"}
        and not module.startswith("zenmode_agent/")
    ]
    assert "_publish_for_ever" in endless
    assert bare == []
