"""From the text of one setting to its value. Each reader raises ValueError that reads on after
the setting's name, and repeats nothing that could be secret."""

import ssl
from collections.abc import Callable
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

# So that no product of a setting and a unit of time leaves 64 bits.
_LARGEST = 1_000_000_000
_DEFAULT_PORTS = {"http": 80, "https": 443}

Network = IPv4Network | IPv6Network


def _whole(least: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        is_short_number = text.isascii() and text.isdigit() and len(text) <= 10
        if not is_short_number or not least <= int(text) <= _LARGEST:
            raise ValueError(f"must be a whole number from {least} to {_LARGEST}")
        return int(text)

    return read


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1
    if not 0 < seconds <= _LARGEST:
        raise ValueError("must be a number of seconds above 0")
    return seconds


def _word(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in words:
            raise ValueError(f"must be {' or '.join(words)}")
        return text

    return read


def _origin(text: str) -> str:
    problem = "must be an address such as https://zenmode.example.com, without a path"
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise ValueError(problem) from None
    extras = (parts.path.strip("/"), parts.query, parts.fragment, parts.username)
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname or any(extras):
        raise ValueError(problem)
    # As browsers write it: small letters, and no port where it goes without saying.
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    shown_port = "" if port in (None, _DEFAULT_PORTS[parts.scheme]) else f":{port}"
    return f"{parts.scheme}://{host}{shown_port}"


def _listed(text: str) -> list[str]:
    return [one.strip() for one in text.split(",") if one.strip()]


def _origins(text: str) -> tuple[str, ...]:
    return tuple(_origin(one) for one in _listed(text))


def _networks(text: str) -> tuple[Network, ...]:
    try:
        return tuple(ip_network(one) for one in _listed(text))
    except ValueError as error:
        raise ValueError(f"must be a list of networks such as 127.0.0.0/8: {error}") from None


def _waits(text: str) -> tuple[int, ...]:
    return tuple(_whole(0)(one.strip()) for one in text.split(","))


def _certificates(text: str) -> Path:
    path = Path(text)
    if not path.is_file():
        raise ValueError(f"names a file that is not there: {text}")
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(path)
    except OSError:
        raise ValueError(f"must name a file of certificates in PEM: {text}") from None
    return path


READERS: dict[str, Callable[[str], Any]] = {
    "PUBLIC_URL": _origin,
    "CORS_ORIGINS": _origins,
    "RATE_LIMIT_PER_MINUTE": _whole(1),
    "DAILY_TASK_LIMIT": _whole(1),
    "WEBHOOK_RETRY_SECONDS": _waits,
    "WEBHOOK_TIMEOUT_SECONDS": _seconds,
    "WEBHOOK_ALLOWED_NETWORKS": _networks,
    "WEBHOOK_CA_BUNDLE": _certificates,
    "RETRY_BACKOFF_SECONDS": _seconds,
    "SIGN_UP": _word("open", "closed"),
    "SUBSCRIPTIONS": _word("on", "off"),
    "PACING": _word("on", "off"),
    "RETENTION_DAYS": _whole(1),
    "LOG_FORMAT": _word("console", "json"),
    "KEEP_ALIVE_SECONDS": _whole(1),
    "TRUSTED_PROXIES": _networks,
}
