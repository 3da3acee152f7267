"""Which network addresses count as one caller."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

_IPV6_PREFIX = 64
UNKNOWN_ADDRESS = "unknown"


def address_subject(address: str | None) -> str:
    """What limits on addresses count: an IPv4 address, or the /64 of an IPv6 one.

    A /64 is the least that one customer of a provider has (RFC 6177), so its addresses are one.
    What cannot be read as an address is counted as it stands, and callers without one together.
    """
    if not address:
        return UNKNOWN_ADDRESS
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address[:64]
    plain = _unmapped(found)
    if isinstance(plain, IPv4Address):
        return str(plain)
    return str(IPv6Network((plain, _IPV6_PREFIX), strict=False))


def _unmapped(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return address
