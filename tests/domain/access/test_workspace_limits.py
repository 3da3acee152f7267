"""How many of a thing a workspace may have."""

import pytest

from app.domain.access.workspace_limits import require_room
from app.domain.errors import BadInput


def test_the_last_one_fits_and_the_next_is_refused_with_a_remedy() -> None:
    require_room(999, 1_000, "API keys", "revoke")
    with pytest.raises(BadInput) as refused:
        require_room(1_000, 1_000, "API keys", "revoke")
    assert refused.value.message == (
        "a workspace can have 1,000 API keys; revoke one that is not needed"
    )
