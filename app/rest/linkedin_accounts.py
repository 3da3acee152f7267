"""/linkedin-accounts"""

from app.rest.request_schemas import ref
from app.rest.route import Json, RestRequest, Route, check_query_parameters
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


def _list(request: RestRequest) -> Json:
    check_query_parameters(request)
    return {}


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
)
