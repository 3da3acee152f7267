"""What a receiver gets, and what is written down of its answer."""

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
import trustme

from app.gateways.receivers.webhook_sender import WebhookSender
from tests.gateways.conftest import MakeSender
from tests.gateways.hostile import Names, certified, listening, read_request, saying
from tests.servers import receiver as answers
from tests.servers.receiver import Receiver

_BODY = '{"event":"task.completed","note":"✓"}'.encode()
_HEADERS = {"X-ZenMode-Event": "task.completed", "Content-Type": "application/json"}


@pytest.fixture
def sender(receiver: Receiver, make_sender: MakeSender) -> WebhookSender:
    """A sender for the receiver that behaves."""
    return make_sender(ca_bundle=receiver.ca_bundle)


async def test_the_very_bytes_arrive_with_the_headers(
    receiver: Receiver, sender: WebhookSender
) -> None:
    result = await sender.send(receiver.url("/hook?a=b"), _BODY, _HEADERS)
    [request] = await receiver.wait_for(1)
    assert (request.method, request.path, request.body) == ("POST", "/hook?a=b", _BODY)
    assert request.headers == {
        "host": f"127.0.0.1:{receiver.port}",
        "accept": "*/*",
        "accept-encoding": "identity",
        "content-length": str(len(_BODY)),
        "x-zenmode-event": "task.completed",
        "content-type": "application/json",
    }
    assert (result.succeeded, result.status_code, result.error) == (True, 200, None)
    assert 0 <= result.duration_ms < 5_000


@pytest.mark.parametrize(
    ("status", "succeeded"),
    [(200, True), (201, True), (204, True), (226, True), (400, False), (410, False), (500, False)],
)
async def test_only_a_2xx_is_a_success(
    receiver: Receiver, sender: WebhookSender, status: int, succeeded: bool
) -> None:
    receiver.answer("/hook", answers.reply(status))
    result = await sender.send(receiver.url("/hook"), _BODY, _HEADERS)
    assert (result.succeeded, result.status_code, result.error) == (succeeded, status, None)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_a_failure_and_is_not_followed(
    receiver: Receiver, sender: WebhookSender, status: int
) -> None:
    redirect = answers.reply(status, headers={"Location": receiver.url("/inside")})
    receiver.answer("/hook", redirect)
    result = await sender.send(receiver.url("/hook"), _BODY, _HEADERS)
    leads_to = f"the receiver leads to {receiver.url('/inside')}"
    assert (result.succeeded, result.error) == (False, f"redirects are not followed; {leads_to}")
    assert [request.path for request in receiver.requests] == ["/hook"]


@pytest.mark.parametrize("status", [300, 304, 305])
async def test_an_answer_that_leads_nowhere_is_reported_as_such(
    receiver: Receiver, sender: WebhookSender, status: int
) -> None:
    receiver.answer("/hook", answers.reply(status))
    result = await sender.send(receiver.url("/hook"), _BODY, _HEADERS)
    assert (result.succeeded, result.error) == (False, "redirects are not followed")


@pytest.mark.parametrize(
    ("body", "excerpt"),
    [
        (b"", ""),
        (b"thanks", "thanks"),
        ("é".encode() * 2_000, "é" * 1_024),
        (b"a\x00b\xffc", "a\ufffdb\ufffdc"),
        (b"\x1f\x8b\x08", "\x1f\ufffd\x08"),
    ],
)
async def test_the_beginning_of_the_answer_is_kept_as_text(
    receiver: Receiver, sender: WebhookSender, body: bytes, excerpt: str
) -> None:
    receiver.answer("/hook", answers.reply(500, body))
    result = await sender.send(receiver.url("/hook"), _BODY, _HEADERS)
    assert result.response_excerpt == excerpt


@pytest.mark.parametrize(
    ("sent", "seconds"),
    [("7", 7.0), (" 120 ", 120.0), ("0", 0.0), ("soon", None), ("-5", None), ("1.5", None)],
)
async def test_a_wish_for_a_later_try_is_read(
    receiver: Receiver, sender: WebhookSender, sent: str, seconds: float | None
) -> None:
    receiver.answer("/hook", answers.reply(503, headers={"Retry-After": sent}))
    result = await sender.send(receiver.url("/hook"), _BODY, _HEADERS)
    assert result.retry_after_seconds == seconds


async def test_a_wish_may_be_a_date(receiver: Receiver, sender: WebhookSender) -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(minutes=5), usegmt=True)
    receiver.answer("/hook", answers.reply(429, headers={"Retry-After": date}))
    result = await sender.send(receiver.url("/hook"), _BODY, _HEADERS)
    assert result.retry_after_seconds == pytest.approx(300, abs=5)


async def test_no_proxy_of_the_environment_is_used(
    receiver: Receiver, make_sender: MakeSender, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    sender = make_sender(ca_bundle=receiver.ca_bundle)
    assert (await sender.send(receiver.url(), _BODY, _HEADERS)).succeeded


async def test_a_name_is_asked_for_and_shown_to_the_receiver(
    authority: trustme.CA, make_sender: MakeSender
) -> None:
    seen: list[bytes] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append(await read_request(reader))
        writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
        await writer.drain()

    sender = make_sender(Names(hooks=[["127.0.0.1"]]))
    async with listening(talk, certified(authority, "hooks.example.com")) as there:
        result = await sender.send(f"https://hooks.example.com:{there.port}/hook", _BODY, _HEADERS)
    assert result.status_code == 204
    assert f"Host: hooks.example.com:{there.port}\r\n".encode() in seen[0]


async def test_when_one_address_takes_no_connection_the_next_is_tried(
    receiver: Receiver, make_sender: MakeSender
) -> None:
    sender = make_sender(
        Names(localhost=[["127.0.0.2", "127.0.0.1"]]), ca_bundle=receiver.ca_bundle
    )
    result = await sender.send(f"https://localhost:{receiver.port}/", _BODY, _HEADERS)
    assert result.succeeded
    assert len(receiver.requests) == 1


_OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


async def _polite(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while True:
        await read_request(reader)
        writer.write(_OK)
        await writer.drain()


async def test_a_connection_is_kept_for_the_next_request_to_the_same_host(
    authority: trustme.CA, make_sender: MakeSender
) -> None:
    sender = make_sender(Names(one=[["127.0.0.1"]], two=[["127.0.0.1"]]))
    tls = certified(authority, "one.example.com", "two.example.com")
    async with listening(_polite, tls) as there:
        for host in ("one", "one", "two", "one"):
            url = f"https://{host}.example.com:{there.port}/"
            assert (await sender.send(url, _BODY, _HEADERS)).succeeded
    assert there.connections == 2


async def test_a_kept_connection_that_ends_when_it_is_used_again_is_no_failure(
    authority: trustme.CA, make_sender: MakeSender
) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(_OK)
        await writer.drain()
        await read_request(reader)

    sender = make_sender()
    async with listening(talk, certified(authority, "127.0.0.1")) as there:
        for _ in range(2):
            result = await sender.send(f"https://127.0.0.1:{there.port}/", _BODY, _HEADERS)
            assert (result.status_code, result.error) == (200, None)
    assert there.connections == 2


async def test_a_receiver_that_closes_without_an_answer_gets_the_request_once(
    authority: trustme.CA, make_sender: MakeSender
) -> None:
    tls = certified(authority, "127.0.0.1")
    async with listening(saying(then_close=True), tls) as there:
        result = await make_sender().send(f"https://127.0.0.1:{there.port}/", _BODY, _HEADERS)
    assert result.error == "the connection was closed without an answer"
    assert there.connections == 1
