"""Whatever a receiver does, an attempt ends in time, reads little, and says what went wrong."""

import asyncio
import gzip
import socket
from datetime import UTC, datetime, timedelta
from functools import partial
from time import perf_counter

import pytest
import trustme

from app.domain.webhooks.attempt_result import AttemptResult
from tests.gateways.conftest import MakeSender
from tests.gateways.hostile import (
    Listening,
    Names,
    Talk,
    certified,
    listening,
    read_request,
    repeating,
    saying,
)
from tests.servers import receiver as answers
from tests.servers.receiver import Receiver

_DEADLINE_SECONDS = 0.5
_TIMED_OUT = "timed out after 0.5 s"
_TOO_LONG = "the receiver's answer is far too long"
_NO_HTTP = "the receiver's answer is not valid HTTP"
_CANNOT = "the address cannot be reached"


async def _silence(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    await reader.read()


async def _ask(
    make_sender: MakeSender,
    authority: trustme.CA,
    talk: Talk,
    *,
    with_tls: bool = True,
    within_seconds: float = 5,
) -> tuple[AttemptResult, Listening]:
    sender = make_sender(timeout_seconds=within_seconds)
    tls = certified(authority, "127.0.0.1") if with_tls else None
    async with listening(talk, tls) as there:
        began = perf_counter()
        result = await sender.send(f"https://127.0.0.1:{there.port}/", b"{}", {})
        assert perf_counter() - began < within_seconds + 1
    return result, there


def _every(seconds: float, part: bytes, first: bytes) -> Talk:
    async def talk(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(first)
        while True:
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(seconds)

    return talk


@pytest.mark.parametrize(
    "talk",
    [
        pytest.param(saying(), id="after the request"),
        pytest.param(saying(b"HTTP/1.1 2"), id="within the status line"),
        pytest.param(saying(b"HTTP/1.1 200 OK\r\nContent-"), id="within a header"),
        pytest.param(saying(b"HTTP/1.1 103 Early Hints\r\n\r\n"), id="after a 1xx"),
        pytest.param(_every(0.05, b".", b"HTTP/1.1 200 OK\r\nX: "), id="a byte now and then"),
        pytest.param(_every(0.05, b"HTTP/1.1 103 A\r\n\r\n", b""), id="a 1xx now and then"),
    ],
)
async def test_a_receiver_that_never_answers_is_left_at_the_deadline(
    make_sender: MakeSender, authority: trustme.CA, talk: Talk
) -> None:
    result, there = await _ask(make_sender, authority, talk, within_seconds=_DEADLINE_SECONDS)
    assert (result.status_code, result.error) == (None, _TIMED_OUT)
    assert there.connections <= 1


async def test_a_receiver_that_takes_the_connection_and_no_handshake_is_left_at_the_deadline(
    make_sender: MakeSender,
) -> None:
    has_been_left = asyncio.Event()

    async def talk(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        while await reader.read(1_000):
            pass
        has_been_left.set()

    sender = make_sender(timeout_seconds=_DEADLINE_SECONDS)
    async with listening(talk, None) as there:
        result = await sender.send(f"https://127.0.0.1:{there.port}/", b"{}", {})
        assert result.error == _TIMED_OUT
        await asyncio.wait_for(has_been_left.wait(), 1)


async def test_a_name_server_that_never_answers_is_left_at_the_deadline(
    make_sender: MakeSender,
) -> None:
    class Hanging(Names):
        async def resolve(self, host: str, port: int) -> list[object]:  # type: ignore[override]
            return await asyncio.Event().wait()  # type: ignore[return-value]

    sender = make_sender(Hanging(), timeout_seconds=_DEADLINE_SECONDS)
    result = await sender.send("https://hooks.example.com/", b"{}", {})
    assert result.error == _TIMED_OUT


@pytest.mark.parametrize(
    ("talk", "error"),
    [
        (repeating(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 200), _TOO_LONG),
        (repeating(b"X-Filler: " + b"x" * 4_000 + b"\r\n", b"HTTP/1.1 200 OK\r\n"), _TOO_LONG),
        (repeating(b"x" * 4_000, b"HTTP/1.1 200 OK\r\nX-Long: "), _TOO_LONG),
        (saying(b"SSH-2.0-OpenSSH_9.6\r\n\r\n"), _NO_HTTP),
        (saying(b"HTTP/1.1 999999 Odd\r\n\r\n"), _NO_HTTP),
        (saying(b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n"), _NO_HTTP),
        (saying(b"HTTP/1.1 101 Switching Protocols\r\n\r\n"), _NO_HTTP),
        (
            saying(b"HTTP/1.1 200 OK\r\nX: y", then_close=True),
            "the connection was closed without an answer",
        ),
    ],
)
async def test_an_answer_that_is_none_or_has_no_end_is_distinguished_from_silence(
    make_sender: MakeSender, authority: trustme.CA, talk: Talk, error: str
) -> None:
    result, _ = await _ask(make_sender, authority, talk)
    assert (result.status_code, result.error) == (None, error)


_OK = b"HTTP/1.1 200 OK\r\n"


@pytest.mark.parametrize(
    ("talk", "excerpt"),
    [
        (saying(_OK + b"Content-Length: 9\r\n\r\n", b"half"), "half"),
        (saying(_OK + b"Content-Length: 9\r\n\r\n", b"half", then_close=True), "half"),
        (saying(_OK + b"Transfer-Encoding: chunked\r\n\r\n", b"4\r\nhalf\r\nnot hex"), "half"),
        (repeating(b"x" * 4_000, _OK + b"\r\n"), "x" * 1_024),
        (repeating(b"1\r\nx\r\n", _OK + b"Transfer-Encoding: chunked\r\n\r\n"), "x" * 1_024),
    ],
)
async def test_a_2xx_counts_once_its_headers_are_there_whatever_follows(
    make_sender: MakeSender, authority: trustme.CA, talk: Talk, excerpt: str
) -> None:
    result, _ = await _ask(make_sender, authority, talk, within_seconds=1.5)
    assert (result.succeeded, result.status_code, result.error) == (True, 200, None)
    assert result.response_excerpt == excerpt


async def test_an_answer_that_would_unpack_to_hundreds_of_megabytes_stays_packed(
    make_sender: MakeSender, authority: trustme.CA
) -> None:
    packed = gzip.compress(bytes(8_000_000)) * 40
    head = _OK + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed)
    result, _ = await _ask(make_sender, authority, saying(head, packed))
    assert result.succeeded
    assert result.response_excerpt is not None
    assert result.response_excerpt.startswith("\x1f\ufffd\x08")
    assert len(result.response_excerpt) == 1_024


async def test_no_more_than_64_kib_of_an_answer_are_read(
    make_sender: MakeSender, authority: trustme.CA
) -> None:
    # Just within the limit the end of the answer is seen, and the connection is kept; past it not.
    for length, connections in ((64 * 1024 - 100, 1), (64 * 1024 + 1, 2)):
        head = _OK + b"Content-Length: %d\r\n\r\n" % length

        async def talk(
            reader: asyncio.StreamReader, writer: asyncio.StreamWriter, answer: bytes
        ) -> None:
            while True:
                await read_request(reader)
                writer.write(answer)
                await writer.drain()

        sender = make_sender()
        answering = partial(talk, answer=head + bytes(length))
        async with listening(answering, certified(authority, "127.0.0.1")) as there:
            for _ in range(2):
                result = await sender.send(f"https://127.0.0.1:{there.port}/", b"{}", {})
                assert result.succeeded
            assert there.connections == connections


async def test_a_connection_that_is_torn_down_is_reported(
    receiver: Receiver, make_sender: MakeSender
) -> None:
    receiver.answer("/", answers.reset())
    sender = make_sender(ca_bundle=receiver.ca_bundle)
    result = await sender.send(receiver.url("/"), b"{}", {})
    assert (result.status_code, result.error) == (None, "connection reset")


async def test_a_port_where_nobody_listens_is_reported(make_sender: MakeSender) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        result = await make_sender().send(f"https://127.0.0.1:{port}/", b"{}", {})
    assert result.error == "connection refused"


@pytest.mark.parametrize(
    ("names", "not_after", "error"),
    [
        (("other.example.com",), None, "the certificate is for another name"),
        (
            ("hooks.example.com",),
            datetime.now(UTC) - timedelta(days=1),
            "certificate has expired",
        ),
    ],
)
async def test_a_certificate_that_is_not_good_is_reported(
    make_sender: MakeSender,
    authority: trustme.CA,
    names: tuple[str, ...],
    not_after: datetime | None,
    error: str,
) -> None:
    tls = certified(authority, *names, not_after=not_after)
    sender = make_sender(Names(hooks=[["127.0.0.1"]]))
    async with listening(_silence, tls) as there:
        result = await sender.send(f"https://hooks.example.com:{there.port}/", b"{}", {})
    assert result.error == error


async def test_a_certificate_for_another_address_is_reported(
    make_sender: MakeSender, authority: trustme.CA
) -> None:
    async with listening(_silence, certified(authority, "127.0.0.2")) as there:
        result = await make_sender().send(f"https://127.0.0.1:{there.port}/", b"{}", {})
    assert result.error == "the certificate is for another address"


async def test_an_authority_that_nobody_knows_is_reported(make_sender: MakeSender) -> None:
    async with listening(_silence, certified(trustme.CA(), "127.0.0.1")) as there:
        result = await make_sender().send(f"https://127.0.0.1:{there.port}/", b"{}", {})
    assert result.error == "the certificate's issuer is not trusted"


async def test_a_port_that_speaks_no_tls_is_reported(
    make_sender: MakeSender, authority: trustme.CA
) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await writer.drain()
        await reader.read()

    result, _ = await _ask(make_sender, authority, talk, with_tls=False)
    assert result.error == "TLS could not be agreed on"


@pytest.mark.parametrize(
    "addresses",
    [["203.0.113.7"], ["127.0.0.1", "203.0.113.7"], ["::ffff:203.0.113.7"], ["2001:db8::1"]],
)
async def test_a_host_with_even_one_refused_address_gets_no_connection(
    receiver: Receiver, make_sender: MakeSender, addresses: list[str]
) -> None:
    sender = make_sender(Names(localhost=[addresses]), ca_bundle=receiver.ca_bundle)
    result = await sender.send(f"https://localhost:{receiver.port}/", b"{}", {})
    assert (result.status_code, result.error) == (None, _CANNOT)
    assert receiver.requests == []


async def test_a_name_that_changes_its_mind_is_caught_at_the_next_attempt(
    receiver: Receiver, make_sender: MakeSender
) -> None:
    names = Names(localhost=[["127.0.0.1"], ["203.0.113.7"]])
    sender = make_sender(names, ca_bundle=receiver.ca_bundle)
    url = f"https://localhost:{receiver.port}/"
    first, second = [await sender.send(url, b"{}", {}) for _ in range(2)]
    assert (first.succeeded, second.error) == (True, _CANNOT)
    assert (names.asked, len(receiver.requests)) == (2, 1)


async def test_a_literal_address_inside_a_private_network_is_not_reached(
    make_sender: MakeSender,
) -> None:
    for host in ("203.0.113.7", "0xcb007107", "[2001:db8::1]", "[::ffff:203.0.113.7]"):
        result = await make_sender().send(f"https://{host}/", b"{}", {})
        assert result.error == _CANNOT


async def test_a_name_that_stands_for_nothing_is_reported(make_sender: MakeSender) -> None:
    for names in (Names(), Names(hooks=[[]])):
        result = await make_sender(names).send("https://hooks.example.com/", b"{}", {})
        assert result.error == "the host name does not resolve"


_PATIENT_SECONDS = 60.0
_SOON_SECONDS = 10.0


@pytest.mark.parametrize(
    ("talk", "status_code", "error"),
    [
        pytest.param(repeating(b"x" * 60_000, _OK + b"\r\n"), 200, None, id="a body without end"),
        pytest.param(repeating(b"x" * 60_000, _OK + b"X: "), None, _TOO_LONG, id="a head"),
        pytest.param(
            repeating(b"x" * 60_000, b"HTTP/1.1 500 Oh\r\nContent-Length: 400000000\r\n\r\n"),
            500,
            None,
            id="a body of 400 MB",
        ),
        pytest.param(
            saying(_OK + b"Content-Length: 400000000\r\n\r\n" + b"x" * 5_000),
            200,
            None,
            id="an excerpt, and then nothing",
        ),
    ],
)
async def test_an_attempt_ends_when_enough_is_known_long_before_its_deadline(
    make_sender: MakeSender,
    authority: trustme.CA,
    talk: Talk,
    status_code: int | None,
    error: str | None,
) -> None:
    has_been_left = asyncio.Event()

    async def until_left(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await talk(reader, writer)
        finally:
            has_been_left.set()

    sender = make_sender(timeout_seconds=_PATIENT_SECONDS)
    async with listening(until_left, certified(authority, "127.0.0.1")) as there:
        async with asyncio.timeout(_SOON_SECONDS):
            result = await sender.send(f"https://127.0.0.1:{there.port}/", b"{}", {})
            await has_been_left.wait()
    assert (result.status_code, result.error) == (status_code, error)


@pytest.mark.parametrize(
    "unasked",
    [b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", b"x"],
)
@pytest.mark.parametrize("is_at_once", [True, False])
async def test_what_nobody_asked_for_never_becomes_the_answer_to_the_next_request(
    make_sender: MakeSender, authority: trustme.CA, unasked: bytes, is_at_once: bool
) -> None:
    has_been_left = asyncio.Event()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        answer = b"HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n"
        writer.write(answer + unasked if is_at_once else answer)
        if not is_at_once:
            await writer.drain()
            writer.write(unasked)
        try:
            while await reader.read(1_000):
                pass
        finally:
            has_been_left.set()

    sender = make_sender()
    async with listening(talk, certified(authority, "127.0.0.1")) as there:
        for count in (1, 2):
            result = await sender.send(f"https://127.0.0.1:{there.port}/", b"{}", {})
            assert (result.status_code, there.connections) == (500, count)
            await asyncio.wait_for(has_been_left.wait(), _SOON_SECONDS)
            has_been_left.clear()


@pytest.mark.parametrize(
    ("status", "found"), [(b"101 Switching Protocols", None), (b"200 OK", 200)]
)
async def test_a_receiver_that_offers_another_protocol_is_not_followed_there(
    make_sender: MakeSender, authority: trustme.CA, status: bytes, found: int | None
) -> None:
    head = b"HTTP/1.1 " + status + b"\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    result, _ = await _ask(
        make_sender, authority, saying(head + b"Content-Length: 2\r\n\r\nok", then_close=True)
    )
    assert (result.status_code, result.error) == (found, None if found else _NO_HTTP)


async def test_a_wish_in_an_informational_answer_is_no_wish(
    make_sender: MakeSender, authority: trustme.CA
) -> None:
    early = b"HTTP/1.1 103 Early Hints\r\nRetry-After: 7\r\n\r\n"
    busy = b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"
    result, _ = await _ask(make_sender, authority, saying(early + busy))
    assert (result.status_code, result.retry_after_seconds) == (503, None)
