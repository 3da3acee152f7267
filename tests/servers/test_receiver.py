import asyncio
import ssl
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from tests.servers import receiver as answers
from tests.servers.receiver import Receiver


@pytest.fixture
async def client(receiver: Receiver) -> AsyncIterator[httpx.AsyncClient]:
    credential_cache = ssl.create_default_context(cafile=str(receiver.ca_bundle))
    async with httpx.AsyncClient(verify=credential_cache, trust_env=False, timeout=0.2) as client:
        yield client


async def test_a_request_is_kept_byte_for_byte(
    receiver: Receiver, client: httpx.AsyncClient
) -> None:
    body = b'{"a": "\xc3\xa9"}\r\n\r\n'
    answer = await client.post(receiver.url("/hook"), content=body, headers={"X-Kind": "test"})
    [request] = await receiver.wait_for(1)
    assert answer.status_code == 200
    assert (request.method, request.path, request.body) == ("POST", "/hook", body)
    assert request.headers["x-kind"] == "test"
    assert abs(request.received_at - time.time()) < 5


async def test_answers_come_in_turn_and_the_last_one_stays(
    receiver: Receiver, client: httpx.AsyncClient
) -> None:
    receiver.answer("/hook", answers.reply(503, headers={"Retry-After": "7"}), answers.reply(204))
    replies = [await client.post(receiver.url("/hook")) for _ in range(3)]
    assert [reply.status_code for reply in replies] == [503, 204, 204]
    assert replies[0].headers["Retry-After"] == "7"


@pytest.mark.parametrize(
    ("misbehaviour", "error"),
    [
        (answers.hang(), httpx.ReadTimeout),
        (answers.reply(after_seconds=5), httpx.ReadTimeout),
        (answers.reset(), httpx.NetworkError),
    ],
)
async def test_a_receiver_misbehaves_as_configured(
    receiver: Receiver,
    client: httpx.AsyncClient,
    misbehaviour: answers.Answer,
    error: type[Exception],
) -> None:
    receiver.answer("/hook", misbehaviour)
    with pytest.raises(error):
        await client.post(receiver.url("/hook"))
    assert len(receiver.requests) == 1


@pytest.mark.parametrize(
    "misbehaviour",
    [
        answers.drip(every_seconds=0.01),
        answers.drip_head(0.01),
        answers.endless_informational(0.01),
    ],
)
async def test_a_dripping_answer_outlasts_a_timeout_for_each_read(
    receiver: Receiver, client: httpx.AsyncClient, misbehaviour: answers.Answer
) -> None:
    receiver.answer("/hook", misbehaviour)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.5):
            await client.post(receiver.url("/hook"))


def test_a_certificate_can_have_expired() -> None:
    receiver = Receiver(not_after=datetime.now(UTC) - timedelta(days=1))
    credential_cache = ssl.create_default_context(cafile=str(receiver.ca_bundle))
    try:
        with pytest.raises(httpx.ConnectError, match="certificate has expired"):
            httpx.post(receiver.url(), verify=credential_cache, trust_env=False)
    finally:
        receiver.close()
