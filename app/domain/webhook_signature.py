"""Secrets of webhooks and the headers that they sign."""

import base64
import secrets


def new_webhook_secret() -> str:
    """`whsec_` and 24 random bytes in base 64."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(24)).decode()


def signed_headers(**kw):
    return {}
