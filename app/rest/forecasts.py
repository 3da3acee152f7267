"""/forecasts"""

from typing import Any

from app.domain.errors import BadInput, FieldError
from app.domain.input.read_input import read_input
from app.domain.tasks.new_task import MAX_TASKS_AT_ONCE, NewTask
from app.rest.request_schemas import ref
from app.rest.route import Json, RestRequest, Route, check_query_parameters
from app.schema.prepared_operation import prepare

_FORECAST = prepare(
    """
    query RestForecast($inputs: [CreateTaskInput!]!) {
      forecastTasks(inputs: $inputs) {
        tasks { index starts_at: startsAt }
        days {
          date linkedin_account_id: linkedinAccountId action_type: actionType count
        }
        finishes_at: finishesAt
        problems { index field: restField message }
      }
    }
    """
)


def _forecast(request: RestRequest) -> Json:
    check_query_parameters(request)
    body = dict(request.body or {})
    tasks = body.pop("tasks", None)
    problems = [FieldError((name,), "is not a known field (known: tasks)") for name in body]
    if not isinstance(tasks, list) or not 1 <= len(tasks) <= MAX_TASKS_AT_ONCE:
        message = f"must be a list of 1 to {MAX_TASKS_AT_ONCE} tasks"
        problems.append(FieldError(("tasks",), message))
    else:
        problems += [
            FieldError(("tasks", position), "must be an object")
            for position, one in enumerate(tasks)
            if not isinstance(one, dict)
        ]
    if problems or not isinstance(tasks, list):
        raise BadInput.of(problems)
    return {"inputs": [_read(one, request.now) for one in tasks]}


def _read(sent: dict[str, Any], now: int) -> NewTask | BadInput:
    try:
        return read_input(NewTask, sent, now=now, outside_body={})
    except BadInput as refusal:
        return refusal


ROUTES = (
    Route(
        method="POST",
        path="/forecasts",
        name="forecastTasks",
        summary="Forecast tasks",
        description="Returns when tasks would begin, after those that wait. Creates nothing.",
        operation=_FORECAST,
        variables=_forecast,
        body=lambda data, _variables: data["forecastTasks"],
        body_schema=ref("ForecastRequest"),
        answer_schema=ref("Forecast"),
    ),
)
