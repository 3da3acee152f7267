"""What a customer writes with the generated Python client: `python client.py URL KEY`."""

import sys

from zenmode_api import AuthenticatedClient
from zenmode_api.api.tasks import create_task, get_task, list_tasks
from zenmode_api.models import (
    ActionType,
    CreateTaskRequest,
    CreateTaskRequestPayload,
    Error,
    Task,
    TaskEnvelope,
    TaskList,
    TaskStatus,
)

client = AuthenticatedClient(base_url=sys.argv[1], token=sys.argv[2])
payload = CreateTaskRequestPayload(profile_url="https://linkedin.com/in/jane-doe")
created = create_task.sync(
    client=client, body=CreateTaskRequest(action_type=ActionType.FOLLOW, payload=payload)
)
assert isinstance(created, TaskEnvelope), created
found = get_task.sync(created.task.id, client=client)
assert isinstance(found, TaskEnvelope), found
assert found.task.payload.profile_url == payload.profile_url
waiting = list_tasks.sync(client=client, status=[TaskStatus.PENDING, TaskStatus.QUEUED])
assert isinstance(waiting, TaskList), waiting
missing = get_task.sync("task_m1abc2de_x7k2p9qr", client=client)
assert isinstance(missing, Error), missing
assert found.task.status == TaskStatus.PENDING, found
# What a later version adds can be read, here an action and a status.
tomorrow = {"action_type": "wave", "status": "postponed"}
later_task = Task.from_dict({**found.task.to_dict(), **tomorrow})
assert (later_task.action_type, later_task.status) == ("wave", "postponed"), later_task
# A code that was added after this client was generated.
later = Error.from_dict({**missing.to_dict(), "code": "a_code_of_tomorrow"})
assert later.code == "a_code_of_tomorrow", later
print(str(found.task.status), len(waiting.tasks), missing.code)
