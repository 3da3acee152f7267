"""/linkedin-accounts"""

from app.rest import schemas
from app.rest.row import Json, RestRequest, Row, refuse_parameters
from app.schema.prepared import prepare

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
    refuse_parameters(request)
    return {}


ROWS = (
    Row(
        method="GET",
        path="/linkedin-accounts",
        name="listLinkedinAccounts",
        summary="List LinkedIn accounts",
        description="Returns all accounts, with the number of tasks created for each today.",
        operation=_LIST,
        variables=_list,
        answer_schema=schemas.ref("LinkedInAccountList"),
    ),
)
