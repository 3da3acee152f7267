"""Named queries that read tasks."""

from collections.abc import Callable
from dataclasses import dataclass

from app.domain.tasks.profile_search import ProfileSearch
from app.domain.tasks.task_filter import TaskFilter
from app.models.change import ChangePosition
from app.models.engine.database import Queries
from app.models.tasks.task_rows import TASK, TaskRow, json_text, task_of

GET_TASK = f"SELECT {TASK} FROM tasks WHERE id = $1 AND workspace_id = $2"

# The payload with A-Z in lower case: looking for text in it takes a tenth of reading its JSON.
_LOWER_ON_POSTGRES = 'lower(payload COLLATE "C")'
_LOWER_ON_SQLITE = "lower(payload)"
# The slug of a task's profile, with A-Z in lower case, as `ProfileSearch` has it.
_SLUG_ON_POSTGRES = (
    "lower(substring(payload::json->>'profile_url' from '(?i)/in/([^/?#]+)') COLLATE \"C\")"
)
_URL_ON_SQLITE = "json_extract(payload, '$.profile_url')"
_BEHIND_ON_SQLITE = f"substr({_URL_ON_SQLITE}, instr(lower({_URL_ON_SQLITE}), '/in/') + 4)"
_SLUG_ON_SQLITE = (
    f"lower(substr({_BEHIND_ON_SQLITE}, 1, "
    f"instr(replace(replace({_BEHIND_ON_SQLITE}, '?', '/'), '#', '/') || '/', '/') - 1))"
)


@dataclass(frozen=True, slots=True)
class TaskPage:
    """A page of tasks, and whether there are more."""

    tasks: list[TaskRow]
    has_more: bool


async def find_task(queries: Queries, workspace_id: str, task_id: str) -> TaskRow | None:
    """Returns a workspace's task by its public id, or None."""
    row = await queries.row(GET_TASK, task_id, workspace_id)
    return task_of(row) if row else None


async def list_tasks(
    queries: Queries,
    workspace_id: str,
    wanted: TaskFilter,
    *,
    limit: int,
    offset: int = 0,
    before_seq: int | None = None,
) -> TaskPage:
    """Returns a workspace's tasks, newest first; `before_seq` continues after another page."""
    where, values = _conditions(workspace_id, wanted, is_sqlite=queries.is_sqlite)
    if before_seq is not None:
        values.append(before_seq)
        where += f" AND seq < ${len(values)}"
    values += [limit + 1, offset]
    rows = await queries.rows(
        f"SELECT {TASK} FROM tasks WHERE {where} "
        f"ORDER BY seq DESC LIMIT ${len(values) - 1} OFFSET ${len(values)}",
        *values,
    )
    return TaskPage([*map(task_of, rows[:limit])], has_more=len(rows) > limit)


async def count_tasks(queries: Queries, workspace_id: str, wanted: TaskFilter) -> int:
    """Returns how many of a workspace's tasks pass the filter."""
    where, values = _conditions(workspace_id, wanted, is_sqlite=queries.is_sqlite)
    row = await queries.row(f"SELECT count(*) AS found FROM tasks WHERE {where}", *values)
    return int(row["found"]) if row else 0


async def tasks_changed_after(
    queries: Queries, workspace_id: str, position: ChangePosition, limit: int
) -> list[TaskRow]:
    """Returns the tasks that changed after a position, in the order of their change."""
    rows = await queries.rows(
        f"SELECT {TASK} FROM tasks WHERE workspace_id = $1 AND updated_at >= $2 "
        "AND (updated_at > $2 OR seq > $3) ORDER BY updated_at, seq LIMIT $4",
        workspace_id,
        position.changed_at,
        position.seq,
        limit,
    )
    return [task_of(row) for row in rows]


def _conditions(
    workspace_id: str, wanted: TaskFilter, *, is_sqlite: bool
) -> tuple[str, list[object]]:
    values: list[object] = []

    def bind(value: object) -> str:
        values.append(value)
        return f"${len(values)}"

    parts = [f"workspace_id = {bind(workspace_id)}"]
    if wanted.statuses is not None:
        statuses = ", ".join(bind(status.value) for status in wanted.statuses)
        parts.append(f"status IN ({statuses or 'NULL'})")
    for condition, value in (
        ("linkedin_account_id =", wanted.linkedin_account_id),
        ("action_type =", wanted.action_type and wanted.action_type.value),
        ("created_at >=", wanted.times.created_after),
        ("created_at <", wanted.times.created_before),
        ("scheduled_at >=", wanted.times.scheduled_after),
    ):
        if value is not None:
            parts.append(f"{condition} {bind(value)}")
    if wanted.profile is not None:
        parts.append(_has_profile(wanted.profile, bind, is_sqlite=is_sqlite))
    return " AND ".join(parts), values


def _has_profile(profile: ProfileSearch, bind: Callable[[object], str], *, is_sqlite: bool) -> str:
    """The JSON is read only of payloads that have the slug somewhere."""
    slug = _SLUG_ON_SQLITE if is_sqlite else _SLUG_ON_POSTGRES
    find, payload = ("instr", _LOWER_ON_SQLITE) if is_sqlite else ("strpos", _LOWER_ON_POSTGRES)
    spellings = ", ".join(bind(one) for one in profile.spellings)
    texts = (bind(json_text(one)[1:-1]) for one in profile.spellings)
    is_somewhere = " OR ".join(f"{find}({payload}, {text}) > 0" for text in texts)
    return f"CASE WHEN {is_somewhere} THEN {slug} IN ({spellings}) ELSE FALSE END"
