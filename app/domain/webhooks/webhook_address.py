"""Which URLs a webhook may have, and which addresses it may lead to.

The tables follow IANA's registries of special-purpose addresses for IPv4 and IPv6: what is not
globally reachable is refused, and so are the well-known addresses of clouds' metadata.
"""

import re
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from urllib.parse import urlsplit

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

HTTPS_PORT = 443
_FIRST_UNPRIVILEGED_PORT = 1_024
_FORBIDDEN = re.compile(r"[\s\x00-\x20\x7f\\]")
_BRACKETED = re.compile(r"\[[0-9A-Fa-f:.]+\](?::[0-9]*)?")
_NUMBER = re.compile(r"0[xX][0-9A-Fa-f]*|[0-9]+")
# IDNA 2003, which is at hand, takes these for other letters or for none, and so for another host
# than a browser (IDNA 2008) would open; as `xn--…` such a name is the same to both.
_AMBIGUOUS = re.compile("[ßẞς\u200c\u200d]")
_HOST_LABEL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?")

_REFUSED_V4 = tuple(
    IPv4Network(text)
    for text in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private use
        "100.64.0.0/10",  # shared address space of carriers
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # a cloud's platform channel
        "169.254.0.0/16",  # link-local, clouds' metadata
        "172.16.0.0/12",  # private use
        "192.0.0.0/24",  # IETF protocol assignments
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # 6to4 relays, deprecated
        "192.168.0.0/16",  # private use
        "198.18.0.0/15",  # benchmarking
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and limited broadcast
    )
)
# Names that stand for no host of the Internet (RFC 6761, 6762, 7686; `internal` by ICANN), and all
# of `arpa`, which has `home.arpa` (RFC 8375) and the reverse look-ups of private addresses.
_RESERVED_NAMES = frozenset(
    ("localhost", "local", "invalid", "test", "onion", "internal", "arpa"),
)
_GLOBAL_V6 = IPv6Network("2000::/3")
_REFUSED_V6 = tuple(
    IPv6Network(text)
    for text in (
        "2001::/23",  # IETF protocol assignments: Teredo, benchmarking, ORCHID
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4, which reaches any IPv4 address
        "3fff::/20",  # documentation
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")


def webhook_url_problem(url: str) -> str | None:
    """What is wrong with a webhook's URL, as a sentence that follows its name, or None."""
    if _FORBIDDEN.search(url):
        return "must not contain spaces, control characters or backslashes"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "must be a valid URL"
    if parts.scheme != "https":
        return "must use https"
    if "@" in parts.netloc:
        return "must not contain a user name or password"
    if _AMBIGUOUS.search(parts.netloc):
        return "must have its host name in ASCII (xn--…)"
    if not parts.hostname or host_of(url) is None:
        return "must have a valid host name"
    if port is not None and port != HTTPS_PORT and port < _FIRST_UNPRIVILEGED_PORT:
        return "must use port 443, or 1024 and above"
    return None


def host_of(url: str) -> str | None:
    """The host to be resolved, in ASCII (RFC 3490), or None when it is no host's name.

    IPv4 in any notation (decimal, octal, hex, fewer than four parts) comes back dotted.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    if "[" in parts.netloc:
        return host if _BRACKETED.fullmatch(parts.netloc) else None
    try:
        ascii_host = host.encode("idna").decode().lower()
    except UnicodeError:
        return None
    labels = ascii_host.removesuffix(".").split(".")
    if len(ascii_host) > 253 or not all(_HOST_LABEL.fullmatch(label) for label in labels):
        return None
    return _dotted(labels) if _NUMBER.fullmatch(labels[-1]) else ascii_host


def port_of(url: str) -> int:
    """The port to connect to."""
    return urlsplit(url).port or HTTPS_PORT


def target_of(url: str) -> str:
    """Path and query, as the request line has them."""
    parts = urlsplit(url)
    path = parts.path or "/"
    target = f"{path}?{parts.query}" if parts.query else path
    return "".join(char if "!" <= char <= "~" else _percent_encoded(char) for char in target)


def is_reserved(host: str) -> bool:
    """Whether a host's name, as `host_of` gives it, is one that no public host can have."""
    return host.removesuffix(".").rpartition(".")[2] in _RESERVED_NAMES


def may_lead_to(host: str, address: Address, allowed_networks: Sequence[Network]) -> bool:
    """Whether a webhook on this host may be sent to this address.

    What a reserved name resolves to is some network's own affair, whatever the address: only a
    network that was opened makes it good.
    """
    if is_reserved(host):
        return _is_opened(address, allowed_networks)
    return is_allowed(address, allowed_networks)


def is_allowed(address: Address, allowed_networks: Sequence[Network]) -> bool:
    """Whether a webhook may lead to this address, given the networks that were opened."""
    return _is_opened(address, allowed_networks) or _is_global(_embedded_v4(address) or address)


def _is_opened(address: Address, allowed_networks: Sequence[Network]) -> bool:
    return any(
        candidate is not None and candidate.version == network.version and candidate in network
        for candidate in (address, _embedded_v4(address))
        for network in allowed_networks
    )


def _is_global(address: Address) -> bool:
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _REFUSED_V4)
    return address in _GLOBAL_V6 and not any(address in network for network in _REFUSED_V6)


def _embedded_v4(address: Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 one stands for: mapped (RFC 4291) or NAT64 (RFC 6052)."""
    if isinstance(address, IPv4Address):
        return None
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped


def _dotted(labels: list[str]) -> str | None:
    """An IPv4 address of one to four numbers, the last of which fills what is left, or None."""
    if len(labels) > 4 or not all(_NUMBER.fullmatch(label) for label in labels):
        return None
    try:
        *front, last = (_number(label) for label in labels)
    except ValueError:
        return None
    if any(number > 255 for number in front) or last >= 256 ** (4 - len(front)):
        return None
    return str(IPv4Address(sum(one << 8 * (3 - at) for at, one in enumerate(front)) + last))


def _number(text: str) -> int:
    if text[:2] in ("0x", "0X"):
        return int(text[2:] or "0", 16)
    return int(text, 8 if text.startswith("0") else 10)


def _percent_encoded(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8"))
