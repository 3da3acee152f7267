"""The header fields of a response about the rate limit."""

from app.domain.access.rate_limit import RateLimit


def rate_limit_headers(limit: RateLimit | None) -> dict[str, str]:
    """The header fields of the IETF draft (ratelimit-headers-10) and those that older clients read.

    Nothing when the budget could not be counted.
    """
    if limit is None:
        return {}
    size, left, wait = limit.limit, limit.remaining, limit.reset_seconds
    return {
        "RateLimit-Policy": f'"requests";q={size};w={limit.window_seconds}',
        "RateLimit": f'"requests";r={left};t={wait}',
        "X-RateLimit-Limit": str(size),
        "X-RateLimit-Remaining": str(left),
        "X-RateLimit-Reset": str(wait),
    } | ({"Retry-After": str(max(wait, 1))} if limit.is_exceeded else {})
