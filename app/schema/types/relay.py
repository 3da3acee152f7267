"""Relay: the interface of objects with an id, pages of connections, and cursors.

A cursor is opaque to callers; it holds a sequence number, which grows in the order of creation.
"""

import base64
import binascii
from collections.abc import Sequence

import strawberry

from app.domain.errors import BadInput


@strawberry.interface(description="An object with a global id.")
class Node:
    id: strawberry.ID


@strawberry.type(description="The position of a page in its list.")
class PageInfo:
    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


def cursor_of(seq: int) -> str:
    """Returns the cursor of a sequence number."""
    return base64.urlsafe_b64encode(f"seq:{seq}".encode()).decode()


def seq_of(cursor: str | None) -> int | None:
    """Returns the sequence number in a cursor. Raises BadInput for any other text."""
    if cursor is None:
        return None
    try:
        kind, _, number = base64.urlsafe_b64decode(cursor.encode()).decode().partition(":")
        seq = int(number)
    except (binascii.Error, ValueError):
        raise BadInput.at("after", "is not a cursor of this list") from None
    if kind != "seq" or not 0 <= seq < 2**63 or cursor != cursor_of(seq):
        raise BadInput.at("after", "is not a cursor of this list")
    return seq


def page_info(seqs: Sequence[int], *, has_next: bool, has_previous: bool) -> PageInfo:
    """Returns the description of a page by the sequence numbers of its objects, in order."""
    return PageInfo(
        has_next_page=has_next,
        has_previous_page=has_previous,
        start_cursor=cursor_of(seqs[0]) if seqs else None,
        end_cursor=cursor_of(seqs[-1]) if seqs else None,
    )
