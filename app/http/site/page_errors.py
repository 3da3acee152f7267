"""What programs read where there is no page: an error as the REST API has it."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.domain.error_codes import rest_row_of
from app.domain.errors import MethodNotAllowed, NotFound, ZenModeError
from app.http.http_errors import rest_body
from app.http.middleware.request_id import request_id_of


def wants_page(request: Request) -> bool:
    """Whether the request accepts HTML."""
    return "text/html" in request.headers.get("accept", "").lower()


def error_answer(request: Request, error: HTTPException) -> Response:
    """The refusal of a page or a file, as JSON."""
    refusal = _refusal_of(error)
    body = rest_body(refusal, request_id_of(request.scope))
    return JSONResponse(body, rest_row_of(refusal).status, error.headers)


def _refusal_of(error: HTTPException) -> ZenModeError:
    if error.status_code == 405:
        return MethodNotAllowed("this path does not take this method")
    return NotFound("there is nothing at this path")
