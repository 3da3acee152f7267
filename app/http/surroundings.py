"""What stands around every door: ids, proxies, headers for browsers, other origins."""

from starlette.types import ASGIApp
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from app.gateways.counts import Counts
from app.http.access_log import AccessLog
from app.http.cors import with_cors
from app.http.page_headers import PageHeaders
from app.http.plain_path import PlainPath
from app.http.request_id import RequestId
from app.http.traced import Traced
from app.settings import Settings


def with_surroundings(app: ASGIApp, settings: Settings, counts: Counts) -> ASGIApp:
    """The app as the world sees it; outermost is what must stand in every answer."""
    app = with_cors(app, settings.cors_origins)
    app = PageHeaders(app, is_public_over_https=is_public_over_https(settings.public_url))
    if settings.trusted_proxies:
        # Who sent it and over which scheme is then as the nearest proxy of ours was told.
        networks = [str(network) for network in settings.trusted_proxies]
        app = ProxyHeadersMiddleware(app, trusted_hosts=networks)  # type: ignore[arg-type,assignment]
    if settings.otlp_endpoint is not None:
        app = Traced(app)
    return PlainPath(RequestId(AccessLog(app, counts)))


def is_public_over_https(public_url: str | None) -> bool:
    """Whether people reach us over https, whatever the last proxy speaks to us."""
    return public_url is not None and public_url.startswith("https://")
