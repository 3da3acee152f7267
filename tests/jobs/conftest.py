"""A room whose webhooks really go out, to the receiver of the tests."""

from collections.abc import AsyncIterator
from dataclasses import replace
from ipaddress import ip_network

import pytest

from app.gateways.receivers.resolver import SystemResolver
from app.gateways.receivers.webhook_sender import WebhookSender
from tests.actions.conftest import room as room_of_actions
from tests.actions.room import Room
from tests.servers.receiver import Receiver

__all__ = ["room_of_actions"]


@pytest.fixture
async def room(room_of_actions: Room, receiver: Receiver) -> AsyncIterator[Room]:
    """A room that may send to this machine."""
    sender = WebhookSender(
        SystemResolver(),
        allowed_networks=[ip_network("127.0.0.0/8")],
        ca_bundle=receiver.ca_bundle,
        timeout_seconds=10,
    )
    room_of_actions.services = replace(room_of_actions.services, sender=sender)
    yield room_of_actions
    await sender.aclose()
