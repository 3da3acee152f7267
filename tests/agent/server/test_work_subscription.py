"""Listening for work, over every way in which a connection can end."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

import pytest
from websockets.asyncio.server import ServerConnection

from tests.agent.scripted import Scene, scripted_socket
from zenmode_agent.errors import TokenRefused
from zenmode_agent.server.work_subscription import WorkSubscription

_TOKEN = "zma_secret"


async def _welcome(socket: ServerConnection) -> dict[str, object]:
    """Up to the subscription, which is given back."""
    opening = json.loads(await socket.recv())
    assert opening == {
        "type": "connection_init",
        "payload": {"authorization": f"Bearer {_TOKEN}"},
    }
    await socket.send(json.dumps({"type": "connection_ack"}))
    variables: dict[str, object] = json.loads(await socket.recv())
    return variables


async def _send_accounts(socket: ServerConnection, *account_ids: str) -> None:
    available = {"tasksAvailable": {"linkedinAccountIds": account_ids}}
    message = {"id": "tasks", "type": "next", "payload": {"data": available}}
    await socket.send(json.dumps(message))


async def _sends(socket: ServerConnection) -> None:
    await _welcome(socket)
    await _send_accounts(socket, "acc_1")
    await socket.wait_closed()


def _closes(code: int) -> Scene:
    async def scene(socket: ServerConnection) -> None:
        await _welcome(socket)
        await socket.close(code, "as the script says")

    return scene


def _says(message: str) -> Scene:
    async def scene(socket: ServerConnection) -> None:
        await _welcome(socket)
        await socket.send(message)
        await socket.wait_closed()

    return scene


async def _breaks(socket: ServerConnection) -> None:
    await _welcome(socket)
    socket.transport.abort()


async def _closes_at_once(socket: ServerConnection) -> None:
    await socket.close(1013, "overloaded")


@asynccontextmanager
async def _listening(
    url: str, *account_ids: str
) -> AsyncIterator[tuple[dict[str, asyncio.Event], asyncio.Task[None]]]:
    woken = {account_id: asyncio.Event() for account_id in account_ids}

    def wake(account_ids: Iterable[str]) -> None:
        for account_id in set(account_ids) & set(woken):
            woken[account_id].set()

    listening = asyncio.create_task(WorkSubscription(url, _TOKEN, account_ids, wake).listen())
    try:
        yield woken, listening
    finally:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)


async def test_the_subscription_names_the_accounts_and_says_who_asks() -> None:
    defaults: list[dict[str, object]] = []
    agents: list[str] = []

    async def scene(socket: ServerConnection) -> None:
        assert socket.request
        agents.append(socket.request.headers["User-Agent"])
        defaults.append(await _welcome(socket))
        await _send_accounts(socket, "acc_1")
        await socket.wait_closed()

    async with scripted_socket(scene) as url, _listening(url, "acc_1", "acc_2") as (woken, _):
        await asyncio.wait_for(woken["acc_1"].wait(), timeout=5)
    payload = defaults[0]["payload"]
    assert isinstance(payload, dict)
    assert payload["variables"] == {"linkedinAccountIds": ["acc_1", "acc_2"]}
    assert agents[0].startswith("zenmode-agent/")


async def test_only_the_accounts_that_have_work_are_rung() -> None:
    async def scene(socket: ServerConnection) -> None:
        await _welcome(socket)
        await _send_accounts(socket, "acc_2", "acc_of_somebody_else")
        await socket.wait_closed()

    async with scripted_socket(scene) as url, _listening(url, "acc_1", "acc_2") as (woken, _):
        await asyncio.wait_for(woken["acc_2"].wait(), timeout=5)
        assert not woken["acc_1"].is_set()


@pytest.mark.parametrize("code", [1000, 1001, 1011, 1012, 1013, 4400, 4408])
async def test_a_closed_connection_is_opened_again(code: int) -> None:
    async with (
        scripted_socket(_closes(code), _sends) as url,
        _listening(url, "acc_1") as (woken, _),
    ):
        await asyncio.wait_for(woken["acc_1"].wait(), timeout=10)


@pytest.mark.parametrize(
    "scene",
    [
        _breaks,
        _closes_at_once,
        _says('{"id": "tasks", "type": "complete"}'),
        _says('{"id": "tasks", "type": "error", "payload": [{"message": "no"}]}'),
        _says('{"id": "tasks", "type": "next", "payload": {"data": null, "errors": []}}'),
        _says("not JSON"),
        _says("[]"),
        _says('{"type": 3}'),
    ],
)
async def test_whatever_goes_wrong_the_connection_is_opened_again(scene: Scene) -> None:
    async with scripted_socket(scene, _sends) as url, _listening(url, "acc_1") as (woken, _):
        await asyncio.wait_for(woken["acc_1"].wait(), timeout=10)


async def test_a_ping_is_answered() -> None:
    answers: list[object] = []

    async def scene(socket: ServerConnection) -> None:
        await _welcome(socket)
        await socket.send(json.dumps({"type": "ping"}))
        answers.append(json.loads(await socket.recv()))
        await _send_accounts(socket, "acc_1")
        await socket.wait_closed()

    async with scripted_socket(scene) as url, _listening(url, "acc_1") as (woken, _):
        await asyncio.wait_for(woken["acc_1"].wait(), timeout=5)
    assert answers == [{"type": "pong"}]


async def test_4403_is_a_refused_token() -> None:
    async with scripted_socket(_closes(4403)) as url, _listening(url, "acc_1") as (_, listening):
        with pytest.raises(TokenRefused):
            await asyncio.wait_for(listening, timeout=5)


async def test_the_log_never_shows_the_token(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with (
        scripted_socket(_closes(1012), _sends) as url,
        _listening(url, "acc_1") as (woken, _),
    ):
        await asyncio.wait_for(woken["acc_1"].wait(), timeout=5)
    ours = [entry.getMessage() for entry in caplog.records if "zenmode" in entry.name]
    assert any("closed with 1012 as the script says" in line for line in ours)
    assert not any(_TOKEN in line for line in ours)
