"""Why an agent's request about a lease changed no task, which the UPDATE cannot say."""

from dataclasses import dataclass

from app.domain.access.caller import Caller
from app.domain.errors import Conflict, LeaseLost, NotFound
from app.domain.ids import is_valid_id
from app.domain.leases.lease import Lease
from app.domain.tasks.task import FINAL, TaskStatus
from app.models.engine.database import Queries
from app.models.tasks.lease_queries import LeaseHolder
from app.models.tasks.task_attempt_queries import attempt_under_lease
from app.models.tasks.task_queries import find_task
from app.models.tasks.task_rows import AttemptRow, TaskRow


@dataclass(frozen=True, slots=True)
class HeldTask:
    """A task and the latest attempt at it, which is the calling agent's own."""

    task: TaskRow
    attempt: AttemptRow

    @property
    def is_final(self) -> bool:
        """Nothing changes the task any more."""
        return TaskStatus(self.task.status) in FINAL

    def is_live(self, now: int) -> bool:
        """The lease has not expired."""
        return self.task.lease_token == self.attempt.lease_token and (
            self.task.lease_expires_at is not None and self.task.lease_expires_at > now
        )


def holder_of(caller: Caller, lease: Lease) -> LeaseHolder:
    """Returns what identifies the lease of this agent in the database.

    Raises NotFound or LeaseLost for ids that cannot exist, without a query.
    """
    if not is_valid_id(lease.task_id):
        raise NotFound("there is no such task")
    if not is_valid_id(lease.token):
        raise LeaseLost("the lease is no longer yours")
    return LeaseHolder(lease.task_id, caller.workspace_id, lease.token, caller.credential_id)


async def held_task(queries: Queries, caller: Caller, lease: Lease) -> HeldTask:
    """Returns the task under a lease of this agent, whatever its status.

    Raises NotFound, or LeaseLost if the token is wrong or the task was claimed since.
    """
    holder = holder_of(caller, lease)
    task = await find_task(queries, holder.workspace_id, holder.task_id)
    if task is None:
        raise NotFound("there is no such task")
    attempt = await attempt_under_lease(queries, task.seq, holder.token, holder.agent_id)
    if attempt is None or attempt.number != task.claim_count:
        raise LeaseLost("the lease is no longer yours")
    return HeldTask(task, attempt)


def final_conflict(task: TaskRow) -> Conflict:
    """Returns the refusal of any change of a task that is final."""
    return Conflict(f"the task is already {task.status}")
