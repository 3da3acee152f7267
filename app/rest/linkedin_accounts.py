"""/linkedin-accounts"""

from app.domain.errors import NotFound
from app.rest.request_schemas import ref
from app.rest.route import Json, Parameter, RestRequest, Route, check_query_parameters
from app.schema.prepared_operation import prepare

_LIST = prepare(
    """
    query RestListLinkedinAccounts {
      linkedin_accounts: linkedinAccounts {
        id name profile_url: profileUrl status is_default: isDefault
        daily_task_limit: dailyTaskLimit tasks_created_today: tasksCreatedToday
        created_at: createdAt
      }
    }
    """
)

_LIMITS = prepare(
    """
    query RestAccountLimits($id: ID!) {
      linkedinAccount(id: $id) {
        pacing { is_on: isOn is_open: isOpen opens_at: opensAt }
        limits {
          action_type: actionType window limit used remaining reset_at: resetAt
          next_allowed_at: nextAllowedAt
        }
        locks { action_type: actionType code until }
      }
    }
    """
)


def _list(request: RestRequest) -> Json:
    check_query_parameters(request)
    return {}


def _by_id(request: RestRequest) -> Json:
    check_query_parameters(request)
    return {"id": request.path["id"]}


def _limits(data: Json, _variables: Json) -> Json:
    account = data["linkedinAccount"]
    if account is None:
        raise NotFound("there is no such LinkedIn account")
    pacing = account["pacing"]
    return {
        "pacing": pacing["is_on"],
        "is_open": pacing["is_open"],
        "opens_at": pacing["opens_at"],
        "limits": account["limits"],
        "locks": account["locks"],
    }


ROUTES = (
    Route(
        method="GET",
        path="/linkedin-accounts",
        name="listLinkedinAccounts",
        summary="List LinkedIn accounts",
        description="Returns all accounts, with the number of tasks created for each today.",
        operation=_LIST,
        variables=_list,
        answer_schema=ref("LinkedInAccountList"),
    ),
    Route(
        method="GET",
        path="/linkedin-accounts/{id}/limits",
        name="getLinkedinAccountLimits",
        summary="Get an account's limits",
        description="Returns how much of each limit is used, and LinkedIn's own stops.",
        operation=_LIMITS,
        variables=_by_id,
        body=_limits,
        parameters=(
            Parameter("id", "path", "The account's id.", {"type": "string"}, is_required=True),
        ),
        answer_schema=ref("AccountLimits"),
        codes=("not_found",),
    ),
)
