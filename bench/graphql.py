"""A client's list of 50 tasks over GraphQL: our way through the schema against Strawberry's own.

One web process each, on one core; wrk, PostgreSQL and Redis on the other.
"""

import json
from pathlib import Path

from bench.web import Work, measure, print_table, stage

_LIST = """
query Tasks($first: Int!) {
  tasks(first: $first) {
    nodes {
      id actionType status linkedinAccountId payload priority maxRetries attemptCount result
      scheduledAt createdAt updatedAt startedAt completedAt
    }
    pageInfo { hasNextPage endCursor }
  }
}
"""


def run() -> None:
    """Measure, and print a table."""
    with stage() as on:
        uvicorn = ("uvicorn", "--log-level", "warning", "--no-access-log")
        contenders = [
            on.contender("Strawberry as it comes", *uvicorn, "bench.peers.strawberry_view:app"),
            on.contender("ZenMode", "app.cli", "web", "--host", "127.0.0.1"),
        ]
        script = _script(on.owner["api_key"], on.folder)
        work = Work("GraphQL, 50 tasks", "/graphql", str(script))
        measure(work, contenders)
        print_table([work], contenders)


def _script(key: str, folder: Path) -> Path:
    script = folder / "list.lua"
    body = json.dumps({"query": _LIST, "variables": {"first": 50}})
    script.write_text(
        f'wrk.headers["Authorization"] = "Bearer {key}"\nwrk.method = "POST"\n'
        f'wrk.headers["Content-Type"] = "application/json"\nwrk.body = [=[{body}]=]\n'
    )
    return script
