"""/tasks"""

from app.domain.errors import BadInput, FieldError, NotFound
from app.domain.input.read_input import read_input
from app.domain.tasks.new_task import MAX_IDEMPOTENCY_KEY_LENGTH, NewTask
from app.domain.tasks.task_filter import Parameters, validate_task_query
from app.rest.request_schemas import ref
from app.rest.route import (
    Json,
    Parameter,
    RestRequest,
    Route,
    check_query_parameters,
    one_header,
)
from app.schema.prepared_operation import prepare

_WAITING = "waiting"
_KEY_HEADER = "Idempotency-Key"
_MISPLACED_KEYS = ("idempotency_key", "idempotencyKey", "Idempotency-Key", "idempotency-key")

_TASK = """
fragment RestTask on Task {
  id action_type: actionType status linkedin_account_id: linkedinAccountId payload priority
  max_retries: maxRetries attempts: attemptCount result scheduled_at: scheduledAt
  created_at: createdAt updated_at: updatedAt started_at: startedAt completed_at: completedAt
}
"""
_CREATE = prepare(
    """
    mutation RestCreateTask($input: CreateTaskInput!) {
      createTask(input: $input) { task { ...RestTask } replayed }
    }
    """
    + _TASK
)
_LIST = prepare(
    """
    query RestListTasks(
      $filter: TaskFilter!, $limit: Int!, $offset: Int!, $include_total: Boolean!
    ) {
      tasks(filter: $filter, first: $limit, offset: $offset) {
        nodes { ...RestTask }
        pageInfo { hasNextPage }
        totalCount @include(if: $include_total)
      }
    }
    """
    + _TASK
)
_GET = prepare(
    """
    query RestGetTask($id: ID!, $include_waiting: Boolean!) {
      task(id: $id) {
        ...RestTask
        waiting @include(if: $include_waiting) { code message until task_id: taskId count }
        estimated_start_at: estimatedStartAt @include(if: $include_waiting)
      }
    }
    """
    + _TASK
)
_CANCEL = prepare(
    "mutation RestCancelTask($id: ID!) { cancelTask(id: $id) { task { ...RestTask } } }" + _TASK
)


def _create(request: RestRequest) -> Json:
    check_query_parameters(request)
    raw = dict(request.body or {})
    problems = [
        FieldError((name,), f"is not a known field; send the header {_KEY_HEADER}")
        for name in _MISPLACED_KEYS
        if name in raw
    ]
    for name in _MISPLACED_KEYS:
        raw.pop(name, None)
    key = one_header(request, _KEY_HEADER)
    outside_body = {"idempotency_key": None if key is None else _unquoted(key)}
    try:
        new_task = read_input(NewTask, raw, now=request.now, outside_body=outside_body)
    except BadInput as error:
        raise BadInput.of([*problems, *map(_in_rest_names, error.details)]) from None
    if problems:
        raise BadInput.of(problems)
    return {"input": new_task}


def _unquoted(key: str) -> str:
    # The IETF draft writes the key as a structured string, in double quotes.
    is_quoted = len(key) >= 2 and key[0] == key[-1] == '"'
    return key[1:-1] if is_quoted else key


def _in_rest_names(one: FieldError) -> FieldError:
    return FieldError((_KEY_HEADER,), one.message) if one.name == "idempotency_key" else one


def _list(request: RestRequest) -> Json:
    wanted = validate_task_query(request.query)
    statuses = wanted.filter.statuses
    action = wanted.filter.action_type
    return {
        "filter": {
            "statuses": None if statuses is None else [one.name for one in statuses],
            "linkedinAccountId": wanted.filter.linkedin_account_id,
            "actionType": action.name if action else None,
        },
        "limit": wanted.limit,
        "offset": wanted.offset,
        "include_total": wanted.wants_total,
    }


def _page(data: Json, variables: Json) -> Json:
    found = data["tasks"]
    page = {
        "tasks": found["nodes"],
        "limit": variables["limit"],
        "offset": variables["offset"],
        "has_more": found["pageInfo"]["hasNextPage"],
    }
    return page | ({"total": found["totalCount"]} if "totalCount" in found else {})


def _get(request: RestRequest) -> Json:
    query = Parameters(request.query, ("include",))
    included = query.text("include")
    query.raise_if_invalid()
    if "include" in request.query and included != _WAITING:
        raise BadInput.at("include", f"must be {_WAITING}")
    return {"id": request.path["id"], "include_waiting": included is not None}


def _by_id(request: RestRequest) -> Json:
    check_query_parameters(request)
    return {"id": request.path["id"]}


def _found(data: Json, _variables: Json) -> Json:
    if data["task"] is None:
        raise NotFound("there is no such task")
    if "waiting" in data["task"]:
        data["task"]["waiting"] = [_reason(one) for one in data["task"]["waiting"]]
    return data


def _reason(reason: Json) -> Json:
    always = ("code", "message", "until")
    return {name: value for name, value in reason.items() if name in always or value is not None}


def _replayed(data: Json) -> dict[str, str]:
    return {"Idempotency-Replayed": "true"} if data["createTask"]["replayed"] else {}


_ID = Parameter("id", "path", "The task's id.", {"type": "string"}, is_required=True)

ROUTES = (
    Route(
        method="POST",
        path="/tasks",
        name="createTask",
        summary="Create a task",
        description="Queues a LinkedIn action. An agent runs it when its account is free.",
        operation=_CREATE,
        variables=_create,
        status=201,
        body=lambda data, _: {"task": data["createTask"]["task"]},
        headers=_replayed,
        parameters=(
            Parameter(
                _KEY_HEADER,
                "header",
                "A key of your own. Repeating the same key and body within 24 hours returns the "
                "first task; no second task is created.",
                {"type": "string", "minLength": 1, "maxLength": MAX_IDEMPOTENCY_KEY_LENGTH},
            ),
        ),
        body_schema=ref("CreateTaskRequest"),
        answer_schema=ref("TaskEnvelope"),
        codes=("idempotency_key_reused", "daily_task_limit"),
    ),
    Route(
        method="GET",
        path="/tasks",
        name="listTasks",
        summary="List tasks",
        description="Returns tasks, newest first. All filters are optional.",
        operation=_LIST,
        variables=_list,
        body=_page,
        parameters=(
            Parameter("status", "query", "Tasks with one of these statuses, comma-separated.",
                      {"type": "array", "items": ref("TaskStatus")}),
            Parameter("linkedin_account_id", "query", "Tasks of this LinkedIn account.",
                      {"type": "string"}),
            Parameter("action_type", "query", "Tasks with this action.", ref("ActionType")),
            Parameter("limit", "query", "Page size.",
                      {"type": "integer", "minimum": 1, "maximum": 100, "default": 50}),
            Parameter("offset", "query", "Tasks to skip.",
                      {"type": "integer", "minimum": 0, "maximum": 2**31 - 1, "default": 0}),
            Parameter("include_total", "query", "Also return `total`.",
                      {"type": "boolean", "default": False}),
        ),
        answer_schema=ref("TaskList"),
    ),
    Route(
        method="GET",
        path="/tasks/{id}",
        name="getTask",
        summary="Get a task",
        description="Returns a task as it is now.",
        operation=_GET,
        variables=_get,
        body=_found,
        parameters=(
            _ID,
            Parameter("include", "query", "`waiting`: also return why the task does not run, and "
                      "when it will begin.", {"type": "string", "enum": [_WAITING]}),
        ),
        answer_schema=ref("TaskEnvelope"),
        codes=("not_found",),
    ),
    Route(
        method="DELETE",
        path="/tasks/{id}",
        name="cancelTask",
        summary="Cancel a task",
        description="Cancels a task that is `pending` or `queued`.",
        operation=_CANCEL,
        variables=_by_id,
        body=lambda data, _: {"task": data["cancelTask"]["task"]},
        parameters=(_ID,),
        answer_schema=ref("TaskEnvelope"),
        codes=("task_not_cancellable", "not_found"),
    ),
)  # fmt: skip
