"""GraphQL over WebSocket: every message, every way to end, through a real server."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus

from app.http.server.websocket_protocol import MAX_FRAME_BYTES
from app.http.websocket import websocket_connection, websocket_socket
from tests.http import toy as toys
from tests.http.serving import serving
from tests.http.socket_client import connected
from tests.http.toy import AGENT, GOOD, NEIGHBOUR, SESSION, Toy
from tests.http.toy import toy as make_toy
from tests.waiting import until

COOKIE = {"Cookie": f"zenmode_session={SESSION}"}
INIT = {"type": "connection_init", "payload": {"authorization": f"Bearer {GOOD}"}}


@pytest.fixture
async def url(toy: Toy) -> AsyncIterator[str]:
    async with serving(toy.app) as address:
        yield f"{address}/graphql"


async def test_a_subscription_is_answered_and_completed(url: str) -> None:
    async with connected(url) as client:
        await client.init()
        await client.subscribe("a", "subscription ($n: Int!) { count(to: $n) }", n=2)
        assert [await client.receive() for _ in range(3)] == [
            {"id": "a", "type": "next", "payload": {"data": {"count": 1}}},
            {"id": "a", "type": "next", "payload": {"data": {"count": 2}}},
            {"id": "a", "type": "complete"},
        ]


async def test_queries_and_mutations_are_answered_too(url: str, toy: Toy) -> None:
    async with connected(url) as client:
        await client.init(AGENT)
        await client.subscribe("a", "{ who }")
        assert await client.receive() == {
            "id": "a",
            "type": "next",
            "payload": {"data": {"who": "agent True"}},
        }
        assert await client.receive() == {"id": "a", "type": "complete"}
        await client.subscribe("a", "mutation { a: signOut b: signOut }")
        assert (await client.receive())["payload"] == {"data": {"a": True, "b": True}}
        assert toy.access_control.spent == [1, 2]


async def test_an_agent_s_version_is_recorded(url: str, toy: Toy) -> None:
    async with connected(url, {"User-Agent": "zenmode-agent/2.0"}) as client:
        await client.init(AGENT)
    assert toy.access_control.admitted[0].agent_version == "2.0"


async def test_the_cookie_of_a_session_is_enough(url: str) -> None:
    own = COOKIE | {"Origin": url.removesuffix("/graphql")}
    for headers in (COOKIE, own):
        async with connected(url, headers) as client:
            await client.send({"type": "connection_init"})
            assert await client.receive() == {"type": "connection_ack"}
            await client.subscribe("a", "{ who }")
            assert (await client.receive())["payload"] == {"data": {"who": "session True"}}


async def test_a_cookie_from_a_foreign_page_is_a_403(url: str, toy: Toy) -> None:
    for origin in ("https://evil.example", "null", ""):
        with pytest.raises(InvalidStatus) as refusal:
            async with connected(url, COOKIE | {"Origin": origin}):
                pass
        assert refusal.value.response.status_code == 403
    assert toy.access_control.admitted == []


async def test_a_token_may_come_from_any_page(url: str) -> None:
    async with connected(url, {"Origin": "https://shop.example"}) as client:
        await client.init()


async def test_ping_is_answered_before_and_after_the_introduction(url: str) -> None:
    async with connected(url) as client:
        await client.send({"type": "ping"})
        assert await client.receive() == {"type": "pong"}
        await client.init()
        await client.send({"type": "ping", "payload": {"a": 1}})
        assert await client.receive() == {"type": "pong"}
        await client.send({"type": "pong"})
        await client.send({"type": "complete", "id": "unknown"})
        await client.send({"type": "ping"})
        assert await client.receive() == {"type": "pong"}


WHAT_TO_SEND = 'send {"authorization": "Bearer …"} in connection_init'


@pytest.mark.parametrize(
    "payload",
    [
        None,
        {},
        {"authorization": "Bearer zm_bad"},
        {"authorization": GOOD},
        {"authorization": ["Bearer", GOOD]},
        {"authorization": None},
        {"Authorization": f"Bearer {GOOD}", "authorization": f"Bearer {GOOD}"},
        {"token": GOOD},
        {"headers": {}},
        {"headers": None},
        {"headers": f"Bearer {GOOD}"},
        {"headers": {"Authorization": "Bearer zm_bad"}},
        {"headers": {"Authorization": GOOD}},
    ],
)
async def test_bad_or_missing_credentials_are_a_4403_that_says_what_to_send(
    url: str, payload: dict[str, Any] | None
) -> None:
    async with connected(url) as client:
        await client.send({"type": "connection_init", "payload": payload})
        code, reason = await client.farewell()
        assert code == 4403
        assert WHAT_TO_SEND in reason


@pytest.mark.parametrize(
    "payload",
    [
        {"authorization": f"Bearer {GOOD}"},
        {"Authorization": f"bearer {GOOD}"},
        {"AUTHORIZATION": f"Bearer {GOOD}"},
        {"headers": {"Authorization": f"Bearer {GOOD}"}},
        {"headers": {"authorization": f"Bearer {GOOD}", "X-Other": "x"}},
        {"Headers": {"AUTHORIZATION": f"Bearer {GOOD}"}},
        {"authorization": None, "headers": {"Authorization": f"Bearer {GOOD}"}},
        {"authorization": f"Bearer {GOOD}", "headers": {"Authorization": "Bearer zm_bad"}},
    ],
)
async def test_credentials_are_found_wherever_clients_put_them(
    url: str, toy: Toy, payload: dict[str, Any]
) -> None:
    async with connected(url, COOKIE) as client:
        await client.send({"type": "connection_init", "payload": payload})
        assert await client.receive() == {"type": "connection_ack"}
        await client.subscribe("a", "{ who }")
        assert (await client.receive())["payload"] == {"data": {"who": "api_key True"}}


@pytest.mark.parametrize(
    "init",
    [
        {"type": "connection_init"},
        {"type": "connection_init", "payload": None},
        {"type": "connection_init", "payload": {}},
        {"type": "connection_init", "payload": {"authorization": None}},
    ],
)
async def test_a_token_in_the_handshake_is_enough(url: str, init: dict[str, Any]) -> None:
    async with connected(url, {"Authorization": f"Bearer {AGENT}"}) as client:
        await client.send(init)
        assert await client.receive() == {"type": "connection_ack"}
        await client.subscribe("a", "{ who }")
        assert (await client.receive())["payload"] == {"data": {"who": "agent True"}}


async def test_connection_init_counts_before_the_handshake(url: str) -> None:
    async with connected(url, {"Authorization": f"Bearer {AGENT}"}) as client:
        await client.init(GOOD)
        await client.subscribe("a", "{ who }")
        assert (await client.receive())["payload"] == {"data": {"who": "api_key True"}}
    async with connected(url, {"Authorization": "Bearer zm_bad", **COOKIE}) as client:
        await client.send({"type": "connection_init"})
        assert await client.close_code() == 4403


async def test_what_a_proxy_was_shown_does_not_hide_the_session(url: str) -> None:
    async with connected(url, COOKIE | {"Authorization": "Basic c3RhZ2luZzp4"}) as client:
        await client.send({"type": "connection_init"})
        assert await client.receive() == {"type": "connection_ack"}


async def test_a_null_payload_is_as_none_and_that_of_complete_is_nobody_s_business(
    url: str,
) -> None:
    async with connected(url, COOKIE) as client:
        await client.send({"type": "ping", "payload": None})
        assert await client.receive() == {"type": "pong"}
        await client.send({"type": "connection_init", "payload": None})
        assert await client.receive() == {"type": "connection_ack"}
        await client.subscribe("a", "subscription { forever }")
        assert (await client.receive())["type"] == "next"
        await client.send({"type": "pong", "payload": None})
        for payload in (None, "x", 5, [], {}):
            await client.send({"type": "complete", "id": "b", "payload": payload})
        await client.send({"type": "complete", "id": "a", "payload": None})
        await until(lambda: not toys.running)
        nulls = {"operationName": None, "variables": None, "extensions": None}
        asked = {"query": "{ hello }", **nulls}
        await client.send({"type": "subscribe", "id": "a", "payload": asked})
        assert (await client.receive())["payload"] == {"data": {"hello": "hello you"}}


@pytest.mark.parametrize("token", [GOOD, AGENT])
async def test_programs_of_a_workspace_without_a_subscription_are_refused_for_it(
    url: str, toy: Toy, token: str
) -> None:
    toy.access_control.end_subscription(token)
    async with connected(url) as client:
        payload = {"authorization": f"Bearer {token}"}
        await client.send({"type": "connection_init", "payload": payload})
        assert await client.farewell() == (4403, "no active subscription")


async def test_people_of_a_workspace_without_a_subscription_may_come_in(url: str, toy: Toy) -> None:
    toy.access_control.end_subscription(SESSION)
    async with connected(url, COOKIE) as client:
        await client.send({"type": "connection_init"})
        assert await client.receive() == {"type": "connection_ack"}
        await client.subscribe("a", "{ who }")
        assert (await client.receive())["payload"] == {"data": {"who": "session False"}}


async def test_a_bad_token_does_not_fall_back_to_the_cookie(url: str) -> None:
    async with connected(url, COOKIE) as client:
        bad = {"authorization": "Bearer zm_bad"}
        await client.send({"type": "connection_init", "payload": bad})
        assert await client.close_code() == 4403


async def test_who_says_nothing_is_hung_up_on(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(websocket_connection, "_INIT_SECONDS", 0.2)
    async with connected(url) as client:
        await client.send({"type": "ping"})
        assert await client.close_code() == 4408


async def test_an_operation_before_the_acknowledgement_is_a_4401(url: str) -> None:
    async with connected(url) as client:
        await client.subscribe("a", "{ hello }")
        assert await client.close_code() == 4401


async def test_a_second_introduction_is_a_4429(url: str) -> None:
    async with connected(url) as client:
        await client.init()
        await client.send(INIT)
        assert await client.close_code() == 4429


async def test_an_id_in_use_is_a_4409(url: str) -> None:
    async with connected(url) as client:
        await client.init()
        await client.subscribe("a", "subscription { forever }")
        await client.receive()
        await client.subscribe("a", "{ hello }")
        assert await client.close_code() == 4409
    await until(lambda: not toys.running)


async def test_an_id_is_free_again_after_its_end(url: str) -> None:
    async with connected(url) as client:
        await client.init()
        for _ in range(2):
            await client.subscribe("a", "subscription { forever }")
            assert (await client.receive())["type"] == "next"
            await client.send({"type": "complete", "id": "a"})
        await client.subscribe("a", "{ hello }")
        assert (await client.receive())["payload"] == {"data": {"hello": "hello you"}}
        await until(lambda: not toys.running)


@pytest.mark.parametrize(
    "frame",
    [
        "",
        "not json",
        "[]",
        "null",
        '"x"',
        "5",
        "{}",
        '{"type": null}',
        '{"type": "start"}',
        '{"type": ["ping"]}',
        '{"type": "ping", "payload": "x"}',
        '{"type": "ping", "payload": []}',
        '{"type": "pong", "payload": 5}',
        '{"type": "connection_init", "payload": "x"}',
        '{"type": "connection_init", "payload": false}',
        '{"type": "connection_init", "payload": []}',
        '{"type": "ping", "type": "pong"}',
        '{"type": "ping", "payload": {"a": NaN}}',
        '{"type": "subscribe", "id": "a"}',
        '{"type": "subscribe", "id": "a", "payload": null}',
        '{"type": "subscribe", "id": "a", "payload": {"query": 5}}',
        '{"type": "subscribe", "id": "a", "payload": {"query": "{ hello }", "variables": []}}',
        '{"type": "subscribe", "id": 5, "payload": {"query": "{ hello }"}}',
        '{"type": "subscribe", "id": "", "payload": {"query": "{ hello }"}}',
        '{"type": "subscribe", "payload": {"query": "{ hello }"}}',
        '{"type": "complete"}',
        '{"type": "ping", "payload": ' + "[" * 60_000,
        b"\x00\x01",
        b'{"type": "ping"}',
    ],
)
@pytest.mark.parametrize("is_known", [False, True])
async def test_what_is_no_message_is_a_4400(url: str, frame: str | bytes, is_known: bool) -> None:
    async with connected(url) as client:
        if is_known:
            await client.init()
        await client.raw(frame)
        assert await client.close_code() == 4400


async def test_a_frame_has_its_limit(url: str) -> None:
    def ping_of(size: int) -> str:
        shell = json.dumps({"type": "ping", "payload": {"a": ""}})
        return shell.replace('""', '"' + "x" * (size - len(shell)) + '"')

    async with connected(url) as client:
        await client.init()
        await client.raw(ping_of(MAX_FRAME_BYTES))
        assert await client.receive() == {"type": "pong"}
        await client.raw(ping_of(MAX_FRAME_BYTES + 1))
        assert await client.close_code() == 1009


async def test_only_the_one_protocol_is_spoken(url: str) -> None:
    for protocol in ("graphql-ws", None):
        async with connected(url, protocol=protocol) as client:
            assert await client.close_code() == 4406


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("subscription {", "BAD_USER_INPUT"),
        ("subscription { nope }", "BAD_USER_INPUT"),
        ("query A { hello } query B { hello }", "BAD_USER_INPUT"),
        ("subscription { count(to: 1.5) }", "BAD_USER_INPUT"),
        ("subscription { refused }", "CONFLICT"),
    ],
)
async def test_an_operation_that_cannot_be_leaves_the_others_alone(
    url: str, query: str, code: str
) -> None:
    async with connected(url) as client:
        await client.init()
        await client.subscribe("going on", "subscription { forever }")
        await client.receive()
        await client.subscribe("bad", query)
        message = await client.receive()
        assert (message["id"], message["type"]) == ("bad", "error")
        assert message["payload"][0]["extensions"]["code"] == code
        await client.subscribe("bad", "{ hello }")
        assert (await client.receive())["payload"] == {"data": {"hello": "hello you"}}
        assert toys.running


async def test_what_breaks_is_masked(url: str) -> None:
    async with connected(url, {"X-Request-Id": "mine-2"}) as client:
        await client.init()
        await client.subscribe("a", "subscription { breaks }")
        assert (await client.receive())["type"] == "next"
        message = await client.receive()
        (error,) = message["payload"]
        assert message["type"] == "error"
        assert error["extensions"] == {
            "code": "INTERNAL",
            "docUrl": "/docs/errors#INTERNAL",
            "requestId": "mine-2",
        }
        assert "hunter2" not in json.dumps(message)
        await client.subscribe("b", "{ broken }")
        message = await client.receive()
        assert message["payload"]["errors"][0]["extensions"]["code"] == "INTERNAL"
        assert "hunter2" not in json.dumps(message)


async def test_what_others_have_cancelled_ends_its_operation_alone(url: str) -> None:
    async with connected(url) as client:
        await client.init()
        for query in ["{ abandoned }", "{ abandoned }", "subscription { abandoned }"] * 10:
            await client.subscribe("a", query)
            message = await client.receive()
            if query.startswith("subscription"):
                assert message["payload"] == {"data": {"abandoned": 1}}
                message = await client.receive()
            assert (message["type"], message["id"]) == ("error", "a")
            assert message["payload"][0]["extensions"]["code"] == "INTERNAL"
        await client.subscribe("a", "{ hello }")
        assert (await client.receive())["payload"] == {"data": {"hello": "hello you"}}


async def test_an_empty_budget_refuses_the_operation_alone(url: str, toy: Toy) -> None:
    async with connected(url) as client:
        await client.init()
        toy.access_control.remaining = 0
        await client.subscribe("a", "{ hello }")
        message = await client.receive()
        assert message["type"] == "error"
        assert message["payload"][0]["extensions"] == {
            "code": "RATE_LIMITED",
            "docUrl": "/docs/errors#RATE_LIMITED",
            "retryAfter": 17,
        }
        toy.access_control.remaining = 1
        await client.subscribe("a", "{ hello }")
        assert (await client.receive())["type"] == "next"


async def test_a_connection_has_room_for_twenty_operations(url: str) -> None:
    async with connected(url) as client:
        await client.init()
        for number in range(20):
            await client.subscribe(f"n{number}", "subscription { forever }")
            await client.receive()
        await client.subscribe("one more", "{ hello }")
        message = await client.receive()
        assert (message["id"], message["type"]) == ("one more", "error")
        await client.send({"type": "complete", "id": "n0"})
        await client.subscribe("one more", "{ hello }")
        assert (await client.receive())["type"] == "next"
    await until(lambda: not toys.running)


async def test_a_process_has_room_for_so_many_connections() -> None:
    toy = make_toy(most_connections=2)
    async with serving(toy.app) as url:
        async with connected(url) as first, connected(url) as second:
            await first.init()
            await second.init()
            async with connected(url) as third:
                assert await third.close_code() == 1013
        await until(lambda: toy.socket.open_connections == 0)
        async with connected(url) as fourth:
            await fourth.init()


async def test_a_workspace_has_its_share_of_connections_and_no_more(toy: Toy) -> None:
    async with serving(toy.app) as url, AsyncExitStack() as stack:
        toy.socket._slots.share = 3
        for token in (GOOD, AGENT, GOOD):
            client = await stack.enter_async_context(connected(url))
            await client.init(token)
        async with connected(url) as fourth:
            await fourth.send(INIT)
            assert await fourth.close_code() == 1013
        async with connected(url) as other:
            await other.init(NEIGHBOUR)
        client.connection.transport.abort()
        await until(lambda: toy.socket.open_connections == 2)
        async with connected(url) as again:
            await again.init()


async def test_an_address_has_its_share_of_those_who_have_not_said_who_they_are(
    toy: Toy,
) -> None:
    async with serving(toy.app) as url, AsyncExitStack() as stack:
        toy.socket._slots.share = 3
        silent = [await stack.enter_async_context(connected(url)) for _ in range(3)]
        async with connected(url) as fourth:
            assert await fourth.close_code() == 1013
        # Who has said it counts for the workspace.
        await silent[0].init()
        async with connected(url) as again:
            await again.init()


async def test_who_is_stuck_takes_from_the_share_of_nobody_else(toy: Toy) -> None:
    async with serving(toy.app) as url, AsyncExitStack() as stack:
        toy.socket._slots.share = 5
        for _ in range(5):
            stuck = await stack.enter_async_context(connected(url))
            await stuck.init()
            stuck.connection.transport.pause_reading()
            stack.callback(stuck.connection.transport.abort)
            await stuck.subscribe("a", "subscription { flood(size: 100000) }")
        async with connected(url) as other:
            await other.init(NEIGHBOUR)
            for number in range(20):
                await other.subscribe("a", "subscription { count }")
                told = [await other.receive() for _ in range(4)]
                assert told[-1] == {"id": "a", "type": "complete"}, number


async def test_a_revoked_credential_closes_its_connections_within_five_seconds(
    url: str, toy: Toy
) -> None:
    async with connected(url) as revoked, connected(url) as other:
        await revoked.init()
        await other.init(AGENT)
        await revoked.subscribe("a", "subscription { forever }")
        await revoked.receive()
        toy.access_control.revoke(GOOD)
        assert await revoked.close_code(within_seconds=5) == 4403
        await until(lambda: not toys.running)
        await other.subscribe("a", "{ hello }")
        assert (await other.receive())["type"] == "next"


async def test_the_end_of_a_session_or_of_billing_closes_too(url: str, toy: Toy) -> None:
    async with connected(url, COOKIE) as session, connected(url) as billed:
        await session.send({"type": "connection_init"})
        await session.receive()
        await billed.init()
        toy.access_control.revoke(SESSION)
        toy.access_control.end_subscription(GOOD)
        assert await session.close_code(within_seconds=5) == 4403
        assert await billed.farewell(within_seconds=5) == (4403, "no active subscription")


async def test_a_gate_that_breaks_sends_its_clients_elsewhere(url: str, toy: Toy) -> None:
    async with connected(url) as inside, connected(url) as services:
        await inside.init()
        toy.access_control.is_broken = True
        await services.send(INIT)
        assert await services.close_code() == 1013
        assert await inside.close_code() == 1013


async def test_without_a_database_nobody_new_comes_in_and_nobody_is_thrown_out(
    url: str, toy: Toy
) -> None:
    async with connected(url) as inside, connected(url) as services:
        await inside.init()
        toy.access_control.is_away = True
        seen = len(toy.access_control.admitted)
        await until(lambda: len(toy.access_control.admitted) > seen + 1)
        await services.send(INIT)
        assert await services.close_code() == 1013
        await inside.send({"type": "ping"})
        assert await inside.receive() == {"type": "pong"}


async def test_a_process_about_to_go_sends_its_clients_elsewhere(url: str, toy: Toy) -> None:
    async with connected(url) as client:
        await client.init()
        await client.subscribe("a", "subscription { forever }")
        await client.receive()
        toy.door.closing.set()
        assert await client.close_code() == 1012
    async with connected(url) as client:
        assert await client.close_code() == 1012


async def test_a_server_that_stops_closes_with_1012(toy: Toy) -> None:
    async with serving(toy.app) as url:
        connection = connected(url)
        client = await connection.__aenter__()
        await client.init()
    assert await client.close_code() == 1012
    await connection.__aexit__(None, None, None)


async def test_a_client_that_does_not_read_is_cut(
    toy: Toy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(websocket_socket, "_WRITE_SECONDS", 0.5)
    async with serving(toy.app) as url, connected(url) as client:
        await client.init()
        client.connection.transport.pause_reading()
        await client.subscribe("a", "subscription { flood(size: 100000) }")
        await until(lambda: toy.socket.open_connections == 1)
        await until(lambda: toy.socket.open_connections == 0, within_seconds=10)
        client.connection.transport.abort()


async def test_a_client_that_leaves_leaves_nothing_behind(url: str, toy: Toy) -> None:
    async with connected(url) as client:
        await client.init()
        await client.subscribe("a", "subscription { forever }")
        await client.receive()
        client.connection.transport.abort()
    await until(lambda: not toys.running)
    await until(lambda: toy.socket.open_connections == 0)
    names = {task.get_coro().__qualname__ for task in asyncio.all_tasks()}
    assert not {name for name in names if "WebSocketConnection" in name}


async def test_an_empty_name_of_an_operation_is_none(url: str) -> None:
    async with connected(url) as client:
        await client.init()
        payload = {"query": "query A { hello }", "operationName": ""}
        await client.send({"id": "a", "type": "subscribe", "payload": payload})
        assert (await client.receive())["payload"] == {"data": {"hello": "hello you"}}


async def test_a_persisted_query_is_refused_so_that_clients_send_their_document(
    url: str,
) -> None:
    async with connected(url) as client:
        await client.init()
        await client.subscribe("going on", "subscription { forever }")
        await client.receive()
        hashed = {"persistedQuery": {"version": 1, "sha256Hash": "0" * 64}}
        for payload in ({"extensions": hashed}, {"query": None, "extensions": hashed}):
            await client.send({"id": "a", "type": "subscribe", "payload": payload})
            message = await client.receive()
            assert (message["id"], message["type"]) == ("a", "error")
            (error,) = message["payload"]
            assert error["message"] == "PersistedQueryNotSupported"
            assert error["extensions"]["code"] == "PERSISTED_QUERY_NOT_SUPPORTED"
        payload = {"query": "{ hello }", "extensions": hashed}
        await client.send({"id": "a", "type": "subscribe", "payload": payload})
        assert (await client.receive())["payload"] == {"data": {"hello": "hello you"}}
        assert toys.running


async def test_an_address_that_shows_bad_credentials_again_and_again_is_asked_to_wait(
    url: str, toy: Toy
) -> None:
    toy.access_control.left_for_addresses["anonymous"] = 2
    for code in (4403, 4403, 1013):
        async with connected(url) as client:
            await client.send({"type": "connection_init"})
            assert await client.close_code() == code
    async with connected(url) as client:
        await client.init()
