"""A webhook's host must not lead into a private network, as far as can be seen now."""

from app.domain.errors import BadInput
from app.services.services import Services


async def check_host(services: Services, url: str) -> None:
    """Raises BadInput on `url`. A host that does not resolve at the moment is let through."""
    if await services.hosts.leads_to_refused_address(url):
        raise BadInput.at("url", "must be a public address")
