"""The headers and the signature of a delivery."""

import base64

from app.domain.webhooks.webhook_signature import new_webhook_secret, signed_headers

_BODY = '{"event":"task.completed","data":{"note":"Grüße ✓"},"timestamp":"x"}'.encode()


def _headers(secret: str, previous: str | None = None, body: bytes = _BODY) -> dict[str, str]:
    return signed_headers(
        delivery_id="dlv_1",
        attempt=3,
        event="task.completed",
        body=body,
        timestamp_seconds=1_775_125_800,
        secret=secret,
        previous_secret=previous,
    )


def test_a_secret_is_random_and_carries_twenty_four_bytes() -> None:
    secrets = {new_webhook_secret() for _ in range(100)}
    assert len(secrets) == 100
    for secret in secrets:
        assert secret.startswith("whsec_")
        assert len(base64.b64decode(secret.removeprefix("whsec_"), validate=True)) == 24


def test_every_documented_header_is_there() -> None:
    headers = _headers("whsec_c2VjcmV0")
    assert headers["Content-Type"] == "application/json"
    assert headers["User-Agent"] == "ZenMode-Webhooks/1"
    assert headers["X-ZenMode-Event"] == "task.completed"
    assert headers["X-ZenMode-Delivery"] == headers["webhook-id"] == "dlv_1"
    assert headers["X-ZenMode-Attempt"] == "3"
    assert headers["webhook-timestamp"].isdigit()
    assert "X-ZenMode-Signature-Previous" not in headers


def test_the_signature_is_a_known_one() -> None:
    headers = signed_headers(
        delivery_id="msg_p5jXN8AQM9LWM0D4loKWxJek",
        attempt=1,
        event="task.completed",
        body=b'{"test": 2432232314}',
        timestamp_seconds=1614265330,
        secret="whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    )
    # The example of the Standard Webhooks libraries' own tests.
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
