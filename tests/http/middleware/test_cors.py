"""Pages of other origins call us only where the settings say so."""

from starlette.responses import PlainTextResponse

from app.http.middleware.cors import with_cors
from tests.http.asgi_request import ask

PREFLIGHT = {
    "Origin": "https://shop.example",
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "authorization, content-type, idempotency-key",
}


async def test_a_preflight_is_answered_for_a_known_origin() -> None:
    app = with_cors(PlainTextResponse("hi"), ["https://shop.example"])
    answer = await ask(app, "OPTIONS", headers=PREFLIGHT)
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == "https://shop.example"
    assert "access-control-allow-credentials" not in answer.headers
    answer = await ask(app, headers={"Origin": "https://shop.example"})
    assert answer.headers["access-control-allow-origin"] == "https://shop.example"
    assert "Retry-After" in answer.headers["access-control-expose-headers"]


async def test_other_origins_get_no_leave() -> None:
    for origins in (["https://other.example"], []):
        app = with_cors(PlainTextResponse("hi"), origins)
        for answer in (
            await ask(app, "OPTIONS", headers=PREFLIGHT),
            await ask(app, headers={"Origin": "https://shop.example"}),
        ):
            assert "access-control-allow-origin" not in answer.headers
