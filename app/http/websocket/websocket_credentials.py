"""The credentials with which a WebSocket is opened: programs send them in several places."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from app.http.auth.credentials import Credentials, bearer_in

WHAT_TO_SEND: Final = 'send {"authorization": "Bearer …"} in connection_init'


def credentials_of(payload: Mapping[str, object], handshake: Credentials) -> Credentials:
    """What counts: `authorization` of connection_init, at its top or among its `headers`.

    Without either, what the handshake has shown: a Bearer token, else the session's cookie.
    """
    sent = _authorizations(payload) or _authorizations(_headers(payload))
    if sent:
        return replace(handshake, bearer=bearer_in(sent))
    # Another scheme is for a proxy on the way.
    return replace(handshake, bearer=handshake.bearer or None)


def _authorizations(headers: Mapping[str, object]) -> list[str]:
    found = [value for name, value in headers.items() if name.lower() == "authorization"]
    return [one if isinstance(one, str) else "" for one in found if one is not None]


def _headers(payload: Mapping[str, object]) -> Mapping[str, object]:
    found = next((value for name, value in payload.items() if name.lower() == "headers"), None)
    return found if isinstance(found, dict) else {}
