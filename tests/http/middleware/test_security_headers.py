"""What every page tells the browser."""

from starlette.responses import HTMLResponse, JSONResponse

from app.http.middleware.security_headers import SecurityHeaders
from tests.http.asgi_request import ask


async def test_a_page_runs_no_script_but_our_own() -> None:
    answer = await ask(SecurityHeaders(HTMLResponse("<p>"), is_public_over_https=False))
    policy = dict(
        rule.split(" ", 1) for rule in answer.headers["content-security-policy"].split("; ")
    )
    assert policy["script-src"] == "'self'"
    assert policy["style-src"] == "'self'"
    assert policy["default-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert "strict-transport-security" not in answer.headers


async def test_https_is_for_good_where_it_is_public() -> None:
    answer = await ask(SecurityHeaders(HTMLResponse("<p>"), is_public_over_https=True))
    assert answer.headers["strict-transport-security"].startswith("max-age=31536000")


async def test_data_is_not_a_page() -> None:
    answer = await ask(SecurityHeaders(JSONResponse({}), is_public_over_https=False))
    assert "content-security-policy" not in answer.headers
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_a_page_may_have_a_policy_of_its_own() -> None:
    page = HTMLResponse("<p>", headers={"Content-Security-Policy": "default-src 'none'"})
    answer = await ask(SecurityHeaders(page, is_public_over_https=False))
    assert answer.headers.get_list("content-security-policy") == ["default-src 'none'"]
