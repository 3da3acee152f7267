"""Each module of the domain has a test file of its own that needs nothing but the domain."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_DOMAIN = _ROOT / "app" / "domain"
_TESTS = _ROOT / "tests" / "domain"
_OUTSIDE = re.compile(
    r"(app\.(?!domain\b)|tests\.|subprocess|socket|asyncio|httpx|asyncpg|tortoise)"
)


def _modules_with_behaviour() -> Iterator[Path]:
    """Modules that hold more than data: those that define a function or a method."""
    for path in sorted(_DOMAIN.rglob("*.py")):
        if any(isinstance(node, ast.FunctionDef) for node in ast.walk(ast.parse(path.read_text()))):
            yield path.relative_to(_DOMAIN)


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            yield node.module or ""
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_each_module_of_the_domain_has_its_test_file() -> None:
    modules = list(_modules_with_behaviour())
    missing = [
        str(module)
        for module in modules
        if not (_TESTS / module.parent / f"test_{module.name}").exists()
    ]
    assert Path("tasks/task.py") in modules
    assert missing == []


def test_tests_of_the_domain_import_only_the_domain() -> None:
    impure = {
        f"{path.relative_to(_TESTS)}: {module}"
        for path in _TESTS.rglob("*.py")
        for module in _imports(path)
        if _OUTSIDE.match(module)
    }
    assert impure == set()


def test_tests_of_the_domain_need_neither_a_database_nor_a_network() -> None:
    fixtures = {
        argument.arg
        for path in _TESTS.rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name[:5] == "test_"
        for argument in node.args.args
    }
    assert fixtures & {"database_url", "redis_url", "postgres_url", "receiver", "room"} == set()
