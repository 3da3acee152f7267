"""A webhook's host must not resolve to a private address."""

from app.domain.errors import BadInput
from app.services.services import Services


async def check_host(services: Services, url: str) -> None:
    """Raises BadInput on `url`. A host that does not resolve at the moment is accepted."""
    if await services.hosts.leads_to_refused_address(url):
        raise BadInput.at("url", "must be a public address")
