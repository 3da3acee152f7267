"""The library of Standard Webhooks for Node takes what we sign, during a rotation too."""

import json
import time

from app.domain.webhooks.webhook_signature import new_webhook_secret, signed_headers
from tests.audits.node import run_suite

BODY = '{"event":"task.completed","data":{"task_id":"task_x","note":"ä😀"}}'


def verdict_with(secret: str, body: str, /, **secrets: str) -> object:
    """What the library says with `secret` of a body signed with `secrets`."""
    headers = signed_headers(
        delivery_id="dlv_1",
        attempt=1,
        event="task.completed",
        body=BODY.encode(),
        timestamp_seconds=int(time.time()),
        **secrets,
    )
    return run_suite("standard_webhooks.mjs", secret, body, json.dumps(headers))


def test_it_takes_our_signature_and_no_other_body() -> None:
    secret = new_webhook_secret()

    assert verdict_with(secret, BODY, secret=secret) is True
    assert verdict_with(secret, BODY + " ", secret=secret) is not True


def test_during_a_rotation_it_takes_the_new_secret_and_the_old() -> None:
    new, old = new_webhook_secret(), new_webhook_secret()

    for one in (new, old):
        assert verdict_with(one, BODY, secret=new, previous_secret=old) is True
