"""Taking tasks under a lease, at a cost that does not grow with the tasks that wait.

One look-up for each account, along the index `tasks_claimable`: the cost is the number of tasks
requested. A gated account is looked up once for each open gate, along `tasks_claimable_by_action`;
if it is paced, it gives its first task, and none while it has one. On PostgreSQL, agents that claim
at the same time skip the rows that another is taking; each locks only what it takes, and reads
further if it skipped some.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.access.tokens import new_lease_token
from app.models.engine.database import Queries
from app.models.tasks.claimable_task import (
    ACCOUNT_CAN_WORK,
    ACCOUNT_HOLDS_A_TASK,
    ACCOUNT_IS_GATED,
    IN_TURN,
    IS_CLAIMABLE,
    claimable_tasks,
    claimable_tasks_of_gate,
    gate_is_open,
    is_paced,
)
from app.models.tasks.task_rows import QUALIFIED_TASK, TASK, TaskRow, task_of

_WIDER = 4
_WIDEST = 500

_IS_PACED = is_paced("$8")
_GATE_IS_OPEN = gate_is_open("$7", "$8")
_SETS = f"""
status = 'queued', agent_id = $4, lease_expires_at = $6,
lease_token = CAST($5 AS TEXT) || '.' || substr(tasks.id, length(tasks.id) - 7),
claim_count = claim_count + 1, updated_at = $7, version = version + 1,
is_paced = (SELECT {_IS_PACED} FROM account_pacing pacing
            WHERE pacing.linkedin_account_id = tasks.linkedin_account_id)
"""
# The rows are locked one after the other, in the order of their turn, until there are enough. The
# array leads PostgreSQL to them by the primary key.
_ON_POSTGRES = f"""
WITH candidates AS (
    SELECT seq FROM (
        SELECT best.seq, best.priority FROM linkedin_accounts account CROSS JOIN LATERAL (
            {claimable_tasks("seq, priority", limit="$9")}
        ) best
        WHERE account.workspace_id = $1 AND account.id = ANY($2::text[]) AND {ACCOUNT_CAN_WORK}
          AND NOT {ACCOUNT_IS_GATED}
        UNION ALL
        SELECT best.seq, best.priority FROM linkedin_accounts account
        JOIN account_pacing pacing ON pacing.linkedin_account_id = account.id AND pacing.is_gated
        CROSS JOIN LATERAL (
            SELECT head.seq, head.priority,
                   row_number() OVER (ORDER BY head.priority DESC, head.seq) AS place
            FROM account_gates gate CROSS JOIN LATERAL (
                {claimable_tasks_of_gate("seq, priority", limit="$9")}
            ) head
            WHERE gate.linkedin_account_id = account.id AND {_GATE_IS_OPEN}
        ) best
        WHERE account.workspace_id = $1 AND account.id = ANY($2::text[]) AND {ACCOUNT_CAN_WORK}
          AND (NOT {_IS_PACED} OR (best.place = 1 AND NOT {ACCOUNT_HOLDS_A_TASK}))
    ) AS heads ORDER BY {IN_TURN} LIMIT $9
), picked AS (
    SELECT seq FROM tasks WHERE seq = ANY(ARRAY(SELECT seq FROM candidates)) AND {IS_CLAIMABLE}
    ORDER BY {IN_TURN} LIMIT $3 FOR UPDATE SKIP LOCKED
), claimed AS (
    UPDATE tasks SET {_SETS} FROM picked WHERE tasks.seq = picked.seq RETURNING {QUALIFIED_TASK}
), noted AS (
    INSERT INTO task_attempts
        (task_seq, number, agent_id, lease_token, outcome, claimed_at, is_dry_run)
    SELECT seq, claim_count, agent_id, lease_token, 'running', $7,
        (SELECT is_dry_run FROM agents WHERE id = $4) FROM claimed
)
SELECT {TASK}, found FROM (SELECT count(*) AS found FROM candidates) AS counted
LEFT JOIN claimed ON TRUE ORDER BY {IN_TURN}
"""
_ON_SQLITE = f"""
UPDATE tasks SET {_SETS} WHERE seq IN (
    SELECT seq FROM (
        SELECT best.seq, best.priority, FALSE AS is_paced, 1 AS place FROM json_each($2) wanted
        JOIN linkedin_accounts account ON account.id = wanted.value
        JOIN tasks best ON best.seq IN (
            {claimable_tasks("seq", limit="$3")}
        )
        WHERE account.workspace_id = $1 AND {ACCOUNT_CAN_WORK} AND NOT {ACCOUNT_IS_GATED}
        UNION ALL
        SELECT head.seq, head.priority, {_IS_PACED} AS is_paced, row_number() OVER (
            PARTITION BY account.id ORDER BY head.priority DESC, head.seq
        ) AS place
        FROM json_each($2) wanted
        JOIN linkedin_accounts account ON account.id = wanted.value
        JOIN account_pacing pacing ON pacing.linkedin_account_id = account.id AND pacing.is_gated
        JOIN account_gates gate ON gate.linkedin_account_id = account.id
        JOIN tasks head ON head.seq IN (
            {claimable_tasks_of_gate("seq", limit="$3")}
        )
        WHERE account.workspace_id = $1 AND {ACCOUNT_CAN_WORK} AND {_GATE_IS_OPEN}
          AND (NOT {_IS_PACED} OR NOT {ACCOUNT_HOLDS_A_TASK})
    ) WHERE NOT is_paced OR place = 1 ORDER BY {IN_TURN} LIMIT $3
) RETURNING {TASK}
"""
_INSERT_ATTEMPT = """
INSERT INTO task_attempts
    (task_seq, number, agent_id, lease_token, outcome, claimed_at, is_dry_run)
VALUES ($1, $2, $3, $4, 'running', $5, (SELECT is_dry_run FROM agents WHERE id = $3))
"""


@dataclass(frozen=True, slots=True)
class Claim:
    """Which agent takes how many tasks of which accounts, and until when. Times in ms.

    `is_pacing_on`: whether this installation paces accounts.
    """

    workspace_id: str
    account_ids: Sequence[str]
    limit: int
    agent_id: str
    expires_at: int
    now: int
    is_pacing_on: bool


async def take_tasks(queries: Queries, claim: Claim) -> list[TaskRow]:
    """Returns the tasks that the agent now holds, highest priority first, then oldest."""
    if queries.is_sqlite:
        return await _take_on_sqlite(queries, claim)
    taken: list[TaskRow] = []
    window = claim.limit
    while True:
        wanted = claim.limit - len(taken)
        tasks, found = await _take_on_postgres(queries, claim, wanted, window)
        taken += tasks
        has_skipped = len(tasks) < min(wanted, found)
        if not has_skipped or window >= _WIDEST:
            return taken
        window = min(window * _WIDER, _WIDEST)


async def _take_on_postgres(
    queries: Queries, claim: Claim, wanted: int, window: int
) -> tuple[list[TaskRow], int]:
    """Returns the tasks taken, and how many of the first `window` tasks were claimable."""
    rows = await queries.rows(
        _ON_POSTGRES,
        claim.workspace_id,
        list(claim.account_ids),
        wanted,
        claim.agent_id,
        new_lease_token(),
        claim.expires_at,
        claim.now,
        claim.is_pacing_on,
        window,
    )
    tasks = [task_of(tuple(row)[:-1]) for row in rows if row["seq"] is not None]
    return tasks, rows[0]["found"]


async def _take_on_sqlite(queries: Queries, claim: Claim) -> list[TaskRow]:
    rows = await queries.rows(
        _ON_SQLITE,
        claim.workspace_id,
        json.dumps(list(claim.account_ids)),
        claim.limit,
        claim.agent_id,
        new_lease_token(),
        claim.expires_at,
        claim.now,
        claim.is_pacing_on,
    )
    taken = sorted((task_of(row) for row in rows), key=lambda task: (-task.priority, task.seq))
    for task in taken:
        await queries.change(
            _INSERT_ATTEMPT, task.seq, task.claim_count, claim.agent_id, task.lease_token, claim.now
        )
    return taken
