"""A webhook's host must not lead into a private network, as far as can be seen now."""

from app.actions.outside import Outside
from app.domain.errors import BadInput


async def check_host(outside: Outside, url: str) -> None:
    """Raises BadInput on `url`. A host that does not resolve at the moment is let through."""
    if await outside.hosts.leads_to_refused_address(url):
        raise BadInput.at("url", "must be a public address")
