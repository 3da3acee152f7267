"""/webhooks"""

from dataclasses import replace

from app.domain.errors import BadInput, NotFound
from app.domain.input.read_input import read_input
from app.domain.tasks.task_filter import Parameters
from app.domain.webhooks.webhook import MAX_ID, NewWebhook, WebhookChange
from app.rest.request_schemas import ref
from app.rest.route import (
    Json,
    Parameter,
    RestRequest,
    Route,
    check_query_parameters,
    without_nulls,
)
from app.schema.prepared_operation import prepare

_WEBHOOK = """
fragment RestWebhook on Webhook {
  id url events enabled disabled_reason: disabledReason created_at: createdAt
}
"""
_CREATE = prepare(
    """
    mutation RestCreateWebhook($input: CreateWebhookInput!) {
      createWebhook(input: $input) { webhook { ...RestWebhook } secret }
    }
    """
    + _WEBHOOK
)
_LIST = prepare("query RestListWebhooks { webhooks { ...RestWebhook } }" + _WEBHOOK)
_CHANGE = prepare(
    """
    mutation RestUpdateWebhook($input: UpdateWebhookInput!) {
      updateWebhook(input: $input) { webhook { ...RestWebhook } }
    }
    """
    + _WEBHOOK
)
_DELETE = prepare("mutation RestDeleteWebhook($id: Int!) { deleteWebhook(id: $id) { id } }")


def _create(request: RestRequest) -> Json:
    check_query_parameters(request)
    return {"input": read_input(NewWebhook, request.body or {}, outside_body={})}


def _created(data: Json, _variables: Json) -> Json:
    created = data["createWebhook"]
    return {"webhook": {**created["webhook"], "secret": created["secret"]}}


def _change(request: RestRequest) -> Json:
    # An unknown id is NotFound, but only of a body without problems.
    change = read_input(WebhookChange, without_nulls(request.body or {}), outside_body={"id": 0})
    return {"input": replace(change, **_by_path(request))}


def _list(request: RestRequest) -> Json:
    check_query_parameters(request)
    return {}


def _by_query(request: RestRequest) -> Json:
    reader = Parameters(request.query, ("id",))
    text = reader.text("id")
    reader.raise_if_invalid()
    if text is None:
        raise BadInput.at("id", "is required")
    if not (text.isascii() and text.isdigit()) or not int(text[:19]):
        raise BadInput.at("id", "must be a positive integer")
    return {"id": _servable(text)}


def _by_path(request: RestRequest) -> Json:
    check_query_parameters(request)
    text = request.path["id"]
    if not (text.isascii() and text.isdigit()):
        raise NotFound("there is no such webhook")
    return {"id": _servable(text)}


def _servable(digits: str) -> int:
    if len(digits) > 18 or not 0 < int(digits) <= MAX_ID:
        raise NotFound("there is no such webhook")
    return int(digits)


def _deleted(data: Json, _variables: Json) -> Json:
    return {"deleted": True, "id": data["deleteWebhook"]["id"]}


_ID = {"type": "integer", "minimum": 1}

ROUTES = (
    Route(
        method="POST",
        path="/webhooks",
        name="createWebhook",
        summary="Create a webhook",
        description="Registers an https URL for events. Only this response shows the secret.",
        operation=_CREATE,
        variables=_create,
        status=201,
        body=_created,
        body_schema=ref("CreateWebhookRequest"),
        answer_schema=ref("WebhookWithSecretEnvelope"),
    ),
    Route(
        method="GET",
        path="/webhooks",
        name="listWebhooks",
        summary="List webhooks",
        description="Returns all webhooks of the workspace.",
        operation=_LIST,
        variables=_list,
        answer_schema=ref("WebhookList"),
    ),
    Route(
        method="DELETE",
        path="/webhooks",
        name="deleteWebhook",
        summary="Delete a webhook by query",
        description="Deletes a webhook. Deliveries that are pending are not sent. "
        "Prefer `DELETE /webhooks/{id}`; this form continues to work.",
        operation=_DELETE,
        variables=_by_query,
        body=_deleted,
        parameters=(Parameter("id", "query", "The webhook's id.", _ID, is_required=True),),
        answer_schema=ref("DeletedWebhook"),
        codes=("not_found",),
        is_deprecated=True,
    ),
    Route(
        method="PATCH",
        path="/webhooks/{id}",
        name="updateWebhook",
        summary="Update a webhook",
        description="Changes the URL or the events, or switches the webhook off or on. Fields that "
        "you leave out stay as they are.",
        operation=_CHANGE,
        variables=_change,
        body=lambda data, _variables: data["updateWebhook"],
        parameters=(Parameter("id", "path", "The webhook's id.", _ID, is_required=True),),
        body_schema=ref("UpdateWebhookRequest"),
        answer_schema=ref("WebhookEnvelope"),
        codes=("not_found",),
    ),
    Route(
        method="DELETE",
        path="/webhooks/{id}",
        name="deleteWebhookByPath",
        summary="Delete a webhook",
        description="Deletes a webhook. Deliveries that are pending are not sent.",
        operation=_DELETE,
        variables=_by_path,
        body=_deleted,
        parameters=(Parameter("id", "path", "The webhook's id.", _ID, is_required=True),),
        answer_schema=ref("DeletedWebhook"),
        codes=("not_found",),
    ),
)
