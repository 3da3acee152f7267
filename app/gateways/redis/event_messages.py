"""The messages by which processes notify each other of changes.

Processes of the last and of the next release take part while an update is rolled out, and anything
may be published by any client: what cannot be read is left out, what is not known is passed over.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import orjson

from app.domain.event import DeliveryChanged, Event, ResyncRequired, TaskChanged, WorkAppeared

MISSED_BY_ALL = orjson.dumps({"kind": "missed"})


@dataclass(frozen=True, slots=True)
class CredentialChanged:
    """A credential was revoked, or what it stands for has changed."""

    credential_id: str


@dataclass(frozen=True, slots=True)
class AddressedEvent:
    """An event and the workspace that it is for; None is every workspace."""

    workspace_id: str | None
    event: Event


@dataclass(frozen=True, slots=True)
class ReceivedMessages:
    """What stood in one message of Redis, and how much of it could not be read."""

    messages: list[AddressedEvent | CredentialChanged]
    unreadable_count: int


def read_messages(data: bytes | str) -> ReceivedMessages:
    """Everything that can be read in a message, in its order."""
    try:
        found = orjson.loads(data)
    except ValueError:
        return ReceivedMessages([], 1)
    if not isinstance(found, list):
        return ReceivedMessages([], 1)
    messages = [_message_of(one) for one in found]
    readable = [one for one in messages if one is not None]
    return ReceivedMessages(readable, len(messages) - len(readable))


def _message_of(sent: object) -> AddressedEvent | CredentialChanged | None:
    if not isinstance(sent, dict):
        return None
    match sent.get("kind"):
        case "missed":
            return AddressedEvent(None, ResyncRequired())
        case "credential":
            credential_id = sent.get("credential_id")
            return CredentialChanged(credential_id) if isinstance(credential_id, str) else None
        case str(kind):
            return _of_workspace(kind, sent)
        case _:
            return None


def _of_workspace(kind: str, sent: Mapping[str, object]) -> AddressedEvent | None:
    workspace_id = sent.get("workspace_id")
    if not isinstance(workspace_id, str):
        return None
    # Of a kind that only the next release knows, it is known that something has changed.
    return AddressedEvent(workspace_id, _event_of(kind, workspace_id, sent) or ResyncRequired())


def _event_of(kind: str, workspace_id: str, sent: Mapping[str, object]) -> Event | None:
    match kind, sent:
        case "task", {"task": dict(snapshot)} if isinstance(snapshot.get("id"), str):
            return TaskChanged(workspace_id, snapshot)
        case "delivery", {"webhook_id": int(webhook_id), "delivery_id": str(delivery_id)}:
            return DeliveryChanged(workspace_id, webhook_id, delivery_id)
        case "work", {"account_ids": list(account_ids)}:
            if all(isinstance(one, str) for one in account_ids):
                return WorkAppeared(workspace_id, tuple(account_ids))
    return None
