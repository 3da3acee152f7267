"""Old and new code serve side by side during a release, so what old code uses must stay."""

import ast
from pathlib import Path

_MIGRATIONS = Path(__file__).parent.parent / "app" / "models" / "migrations"
# Those of the first release, before which there was no old code.
_FIRST = ("0001_", "0002_")
_TAKES_AWAY = {"DeleteModel", "RemoveField", "RenameField", "RenameModel", "RemoveConstraint"}


def _names(path: Path) -> set[str]:
    tree = ast.parse(path.read_text())
    return {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


def _sql(path: Path) -> str:
    tree = ast.parse(path.read_text())
    words = [
        node.args[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "RunSQL"
        and node.args
    ]
    return " ".join(ast.unparse(word) for word in words).upper()


def test_a_migration_takes_nothing_away() -> None:
    later = [path for path in _MIGRATIONS.glob("0*.py") if not path.name.startswith(_FIRST)]
    assert [path.name for path in later if _names(path) & _TAKES_AWAY] == []
    signs = ("DROP TABLE", "DROP COLUMN", "RENAME", "SET NOT NULL")
    assert [path.name for path in later if any(sign in _sql(path) for sign in signs)] == []
