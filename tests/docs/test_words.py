"""What users read has none of the words that docs/writing.md takes out."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_BANNED = re.compile(
    r"""\b(
        whoever | nobody | anew | what\ (came|comes|became|becomes)\ of | comes?\ along
        | (is|are|was|were|be)\ told | carr(y|ies|ied|ying)\ out | for\ ever | tried\ again
        | as\ it\ should\ be | stands?\ (in|on|beside|once) | goes\ on\ with | heard\ of
        | desktop\ (app|program) | riddle | order(s|ed)?\ (a|the|of)\ tasks?
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_BANNED_ON_DASHBOARD = re.compile(
    r"""\b(
        address(es)? | answer(s|ed)? | mak(e|es|ing)\ (a|an|one|the) | kept\ it | keep\ it
        | (send|sent|try|tried|trying|start)\ (it\ )?again | go(es)?\ on | ordered | lies?\ ahead
        | on\ (its|their)\ way | given\ back | taken\ back | begins?\ anew | been\ here
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_PAGES = (
    *(_ROOT / "docs").rglob("*.md"),
    *_ROOT.glob("*.md"),
    _ROOT / "dashboard" / "README.md",
)
_FOLDERS = ("app/domain", "app/rest", "app/cli", "agent")


def pages() -> Iterator[tuple[str, str]]:
    """Each page's prose: code, and the list of banned words itself, are left out."""
    for page in _PAGES:
        if page.name != "writing.md":
            text = re.sub(r"^```.*?^```", "", page.read_text(), flags=re.MULTILINE | re.DOTALL)
            yield page.relative_to(_ROOT).as_posix(), re.sub(r"`[^`\n]*`", "", text)


def messages() -> Iterator[tuple[str, str]]:
    """Each text of the code that can reach a user: literals, without docstrings."""
    for folder in _FOLDERS:
        for module in (_ROOT / folder).rglob("*.py"):
            tree = ast.parse(module.read_text())
            documented = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
            for node in ast.walk(tree):
                is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
                if is_text and id(node) not in documented:
                    yield f"{module.relative_to(_ROOT)}:{node.lineno}", str(node.value)


def dashboard_texts() -> Iterator[tuple[str, str]]:
    """The dashboard's sources: all that it shows stands there as text. Imports are left out."""
    for source in sorted((_ROOT / "dashboard" / "src").rglob("*.ts*")):
        if ".test." not in source.name and source.name != "schema-types.d.ts":
            text = re.sub(r"^import .*?;$", "", source.read_text(), flags=re.MULTILINE | re.DOTALL)
            # Text of JSX is broken into lines wherever it is long.
            yield source.relative_to(_ROOT).as_posix(), re.sub(r"\s+(\* )?", " ", text)


def test_no_page_has_a_banned_word() -> None:
    found = [f"{name}: {hit[0]}" for name, text in pages() for hit in _BANNED.finditer(text)]
    assert found == []


def test_no_message_has_a_banned_word() -> None:
    found = [f"{place}: {hit[0]}" for place, text in messages() for hit in _BANNED.finditer(text)]
    assert found == []


def test_no_text_of_the_dashboard_has_a_banned_word() -> None:
    found = [
        f"{name}: {text[max(0, hit.start() - 40) : hit.end() + 20]}"
        for name, text in dashboard_texts()
        for banned in (_BANNED, _BANNED_ON_DASHBOARD)
        for hit in banned.finditer(text)
    ]
    assert found == []


def test_the_list_finds_what_it_should() -> None:
    assert _BANNED.search("Nobody knows what came of it")
    assert _BANNED_ON_DASHBOARD.search("Make the key")
    assert _BANNED_ON_DASHBOARD.search("I have kept it")
    assert not _BANNED.search("The agent runs the task and reports the result")
