"""Secrets of webhooks, and the headers with which a request is signed.

`X-ZenMode-Signature` is the documented one; `webhook-id`, `webhook-timestamp` and
`webhook-signature` follow Standard Webhooks 1.0, so that its libraries verify ours.
"""

import base64
import binascii
import hmac
import secrets

_PREFIX = "whsec_"
_SECRET_BYTES = 24
USER_AGENT = "ZenMode-Webhooks/1"


class UnreadableSecretError(Exception):
    """A stored secret was sealed under a key that is no longer configured."""


def new_webhook_secret() -> str:
    """`whsec_` and 24 random bytes in base 64."""
    return _PREFIX + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def signed_headers(
    *,
    delivery_id: str,
    attempt: int,
    event: str,
    body: bytes,
    timestamp_seconds: int,
    secret: str,
    previous_secret: str | None = None,
) -> dict[str, str]:
    """All headers of a request that carries `body`; with a previous secret both sign."""
    signed = b".".join((delivery_id.encode(), str(timestamp_seconds).encode(), body))
    known = [secret] if previous_secret is None else [secret, previous_secret]
    headers = {
        "Content-Type": "application/json",
        "User-Agent": USER_AGENT,
        "X-ZenMode-Signature": _hex_signature(secret, body),
        "X-ZenMode-Event": event,
        "X-ZenMode-Delivery": delivery_id,
        "X-ZenMode-Attempt": str(attempt),
        "webhook-id": delivery_id,
        "webhook-timestamp": str(timestamp_seconds),
        "webhook-signature": " ".join(_standard_signature(one, signed) for one in known),
    }
    if previous_secret is not None:
        headers["X-ZenMode-Signature-Previous"] = _hex_signature(previous_secret, body)
    return headers


def _hex_signature(secret: str, body: bytes) -> str:
    """Keyed with the secret as text, prefix included, as the documentation's function does."""
    return hmac.digest(secret.encode(), body, "sha256").hex()


def _standard_signature(secret: str, signed: bytes) -> str:
    digest = hmac.digest(_key_of(secret), signed, "sha256")
    return f"v1,{base64.b64encode(digest).decode()}"


def _key_of(secret: str) -> bytes:
    try:
        return base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except binascii.Error as error:
        raise ValueError("not a webhook's secret") from error
