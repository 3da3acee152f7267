"""Code blocks that follow one another directly, in different languages, become tabs."""

import re
from collections.abc import Iterator

_FENCE = re.compile(r"^```(\w+)\n.*?^```$", re.MULTILINE | re.DOTALL)
_LABELS = {
    "bash": "curl",
    "python": "Python",
    "javascript": "Node",
    "sh": "Linux and macOS",
    "powershell": "Windows",
}


def with_tabs(markdown: str) -> str:
    """The same page, each run of two or more such blocks as one set of tabs."""
    parts, end = [], 0
    for run in _runs(markdown):
        parts.append(markdown[end : run[0].start()])
        parts.append("\n\n".join(_tab(block) for block in run))
        end = run[-1].end()
    return "".join(parts) + markdown[end:]


def _runs(markdown: str) -> Iterator[list[re.Match[str]]]:
    run: list[re.Match[str]] = []
    for block in _FENCE.finditer(markdown):
        follows = run and not markdown[run[-1].end() : block.start()].strip()
        is_new = block[1] in _LABELS and block[1] not in {one[1] for one in run}
        if not (follows and is_new):
            yield from [run] if len(run) > 1 else []
            run = []
        if block[1] in _LABELS:
            run.append(block)
    yield from [run] if len(run) > 1 else []


def _tab(block: re.Match[str]) -> str:
    code = re.sub(r"^(?=.)", "    ", block[0], flags=re.MULTILINE)
    return f'=== "{_LABELS[block[1]]}"\n\n{code}'
