"""The rules of CONTRIBUTING.md that a program can check and no linter knows."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

_ROOT = Path(__file__).parent.parent
_PACKAGES = (_ROOT / "app", _ROOT / "agent" / "zenmode_agent")
_MODULES_IN_A_FOLDER = 20
_EMPTY_NAMES = {"utils", "helpers", "common", "base", "manager", "service", "core", "misc"}
_MODULE_LINES = 300
_FUNCTION_LINES = 40
_SQL = re.compile(r"\b(SELECT|INSERT INTO|UPDATE \w+ SET|DELETE FROM|WHERE|RETURNING|ORDER BY)\b")


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


def test_a_folder_holds_few_enough_modules_to_be_read_at_a_glance() -> None:
    folders = ("agent", "app", "bench", "dev", "tests")
    counts = Counter(
        str(path.parent.relative_to(_ROOT))
        for folder in folders
        for path in (_ROOT / folder).rglob("*.py")
        if path.name != "__init__.py"
    )
    assert counts["app/models/tasks"] > 0
    assert {folder for folder, count in counts.items() if count > _MODULES_IN_A_FOLDER} == set()


def test_a_file_name_says_what_is_inside() -> None:
    empty = [name for name, _ in _modules() if {*Path(name).with_suffix("").parts} & _EMPTY_NAMES]
    assert empty == []


_NOUNS = {
    "agent", "api_key", "delivery", "lease", "linkedin_account", "task", "user", "webhook",
    "workspace",
}  # fmt: skip
# What a workspace may have and do is in modules of its own: limits, subscription, rate limit.
_NOUNS_WITHOUT_RULES = {"workspace"}


def _plural(noun: str) -> str:
    return f"{noun[:-1]}ies" if noun.endswith("ry") else f"{noun}s"


def test_a_noun_has_the_same_file_name_in_every_layer() -> None:
    stems = {
        layer: {path.stem for path in (_ROOT / "app" / layer).rglob("*.py")}
        for layer in ("domain", "models", "schema")
    }
    expected = {
        "domain": _NOUNS - _NOUNS_WITHOUT_RULES,
        "models": {f"{noun}_queries" for noun in _NOUNS},
        "schema": {_plural(noun) for noun in _NOUNS},
    }
    missing = {layer: names - stems[layer] for layer, names in expected.items()}
    assert missing == {"domain": set(), "models": set(), "schema": set()}


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


def _docstrings(tree: ast.AST) -> set[ast.AST]:
    owners = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    return {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, owners) and node.body and isinstance(node.body[0], ast.Expr)
    }


def _tables(tree: ast.AST) -> set[str]:
    return {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("app.models.tables")
        for alias in node.names
    }


def _database_access(text: str) -> list[str]:
    """Returns what only `app/models` may contain, in the order of the syntax tree."""
    tree = ast.parse(text)
    docstrings, tables = _docstrings(tree), _tables(tree)
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if node not in docstrings and _SQL.search(node.value):
                found.append("SQL text")
        elif isinstance(node, ast.Attribute):
            owner = ast.unparse(node.value)
            if node.attr == "is_sqlite":
                found.append("dialect")
            elif owner in tables:
                found.append("query set")
            elif node.attr in {"rows", "row", "change", "read"} and re.search(
                r"(^|[._])(queries|database)$", owner
            ):
                found.append("statement")
    return found


def test_actions_leave_statements_and_dialects_to_the_models() -> None:
    found = {
        name: access
        for name, text in _modules()
        if name.startswith("actions/") and (access := _database_access(text))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("fault", "name"),
    [
        ('_FIND = "SELECT 1 FROM tasks"', "SQL text"),
        ('sql = f"UPDATE tasks SET version = {version} WHERE seq = $1"', "SQL text"),
        ("row = await queries.row(FIND, task_id)", "statement"),
        ("await services.database.change(FORGET, task_id)", "statement"),
        ("await failing.queries.rows(FIND)", "statement"),
        ("lock = not queries.is_sqlite", "dialect"),
        (
            "from app.models.tables.webhook import Webhook\nfound = Webhook.filter(id=1)",
            "query set",
        ),
    ],
)
def test_a_statement_in_an_action_would_be_found(fault: str, name: str) -> None:
    assert name in _database_access(fault)


def test_a_docstring_may_speak_of_sql() -> None:
    assert _database_access('"""The UPDATE has a WHERE and a RETURNING."""') == []
