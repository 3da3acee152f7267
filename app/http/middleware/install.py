"""The middleware around the whole app: ids, proxies, headers for browsers, other origins."""

from starlette.types import ASGIApp
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from app.gateways.metrics import Metrics
from app.http.middleware.access_log import AccessLog
from app.http.middleware.cors import with_cors
from app.http.middleware.normalized_path import NormalizedPath
from app.http.middleware.request_id import RequestId
from app.http.middleware.security_headers import SecurityHeaders
from app.http.middleware.tracing_middleware import TracingMiddleware
from app.settings import Settings


def install_middleware(app: ASGIApp, settings: Settings, metrics: Metrics) -> ASGIApp:
    """The app as the world sees it; outermost is what must stand in every answer."""
    app = with_cors(app, settings.cors_origins)
    app = SecurityHeaders(app, is_public_over_https=is_public_over_https(settings.public_url))
    if settings.trusted_proxies:
        # The client and the scheme are then those that our nearest proxy has noted.
        networks = [str(network) for network in settings.trusted_proxies]
        app = ProxyHeadersMiddleware(app, trusted_hosts=networks)  # type: ignore[arg-type,assignment]
    if settings.otlp_endpoint is not None:
        app = TracingMiddleware(app)
    return NormalizedPath(RequestId(AccessLog(app, metrics)))


def is_public_over_https(public_url: str | None) -> bool:
    """Whether people reach us over https, whatever the last proxy speaks to us."""
    return public_url is not None and public_url.startswith("https://")
