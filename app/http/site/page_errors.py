"""What programs read where there is no page: an error as the REST API has it."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.domain.errors import NotFound, ZenModeError
from app.http.middleware.request_id import request_id_of
from app.http.rest_errors import MethodNotAllowed, error_body, status_and_code


def wants_page(request: Request) -> bool:
    """Whether HTML is asked for."""
    return "text/html" in request.headers.get("accept", "").lower()


def error_answer(request: Request, error: HTTPException) -> Response:
    """The refusal of a page or a file, as JSON."""
    status, code = status_and_code(told := _told(error), "")
    body = error_body(told, code, request_id_of(request.scope))
    return JSONResponse(body, status, error.headers)


def _told(error: HTTPException) -> ZenModeError:
    if error.status_code == 405:
        return MethodNotAllowed("this path does not take this method")
    return NotFound("there is nothing at this path")
