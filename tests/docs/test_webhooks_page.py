"""The functions and documents of docs/webhooks.md do what the page says."""

import hashlib
import hmac
import re
import time
from pathlib import Path
from typing import Any

import pytest
from graphql import build_schema, parse, validate
from standardwebhooks.webhooks import WebhookVerificationError

from app.domain.webhooks.webhook_signature import new_webhook_secret, signed_headers

_ROOT = Path(__file__).parents[2]
_PAGE = (_ROOT / "docs" / "webhooks.md").read_text()
_BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", _PAGE, re.MULTILINE | re.DOTALL)
_BODY = '{"event":"task.completed","data":{"name":"Zoë"}}'.encode()


@pytest.fixture
def functions() -> dict[str, Any]:
    """What the page's Python defines."""
    found: dict[str, Any] = {}
    for language, code in _BLOCKS:
        if language == "python":
            exec(code, found)
    return found


def _headers(secret: str, timestamp_seconds: int) -> dict[str, str]:
    return signed_headers(
        delivery_id="dlv_1",
        attempt=1,
        event="task.completed",
        body=_BODY,
        timestamp_seconds=timestamp_seconds,
        secret=secret,
    )


def test_the_python_function_accepts_what_is_genuine_and_nothing_else(
    functions: dict[str, Any],
) -> None:
    secret = new_webhook_secret()
    signature = _headers(secret, int(time.time()))["X-ZenMode-Signature"]
    verify = functions["verify_webhook"]
    assert signature == hmac.new(secret.encode(), _BODY, hashlib.sha256).hexdigest()
    assert verify(_BODY, signature, secret)
    assert not verify(_BODY, signature, new_webhook_secret())
    assert not verify(_BODY, "ünlike", secret)
    assert not verify(_BODY + b" ", signature, secret)


def test_the_library_reads_what_is_genuine_and_refuses_what_is_old(
    functions: dict[str, Any],
) -> None:
    secret, now = new_webhook_secret(), int(time.time())
    read = functions["read_webhook"]
    assert read(_BODY, _headers(secret, now), secret)["event"] == "task.completed"
    with pytest.raises(WebhookVerificationError):
        read(_BODY, _headers(secret, now - 301), secret)


def test_the_query_is_one_that_the_schema_knows() -> None:
    schema = build_schema((_ROOT / "schema.graphql").read_text())
    (query,) = [code for language, code in _BLOCKS if language == "graphql"]
    assert validate(schema, parse(query)) == []


def test_every_error_of_the_table_is_one_that_is_given() -> None:
    sources = "".join(
        (_ROOT / "app" / name).read_text()
        for name in (
            "gateways/receivers/send_errors.py",
            "gateways/receivers/webhook_sender.py",
            "actions/deliveries/send_delivery.py",
        )
    )
    rows = re.findall(r"^\| (`[^|]*) \| ", _PAGE[_PAGE.index("| `error` |") :], re.MULTILINE)
    told = [word for row in rows for word in re.findall(r"`([^`…]{10,})`", row)]
    assert len(told) > 10
    assert [word for word in told if word.removesuffix(" 15 s") not in sources] == []
