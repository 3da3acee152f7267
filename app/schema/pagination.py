"""Pages of connections, and cursors: opaque to callers, a place in the order of making to us."""

import base64
import binascii
from collections.abc import Sequence

import strawberry

from app.domain.errors import BadInput


@strawberry.type(description="Where a page stands in its list.")
class PageInfo:
    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


def cursor_of(seq: int) -> str:
    """The cursor of the thing that was made `seq`-th."""
    return base64.urlsafe_b64encode(f"seq:{seq}".encode()).decode()


def seq_of(cursor: str | None) -> int | None:
    """The place a cursor stands for. Raises BadInput for what is no cursor of ours."""
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
    """The page that holds these, in order."""
    return PageInfo(
        has_next_page=has_next,
        has_previous_page=has_previous,
        start_cursor=cursor_of(seqs[0]) if seqs else None,
        end_cursor=cursor_of(seqs[-1]) if seqs else None,
    )
