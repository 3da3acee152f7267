"""What the first visit costs."""

import pytest

from tests.browser.chromium import Visitor
from tests.journeys.fleet import Fleet

pytestmark = pytest.mark.timeout(120)
_MAX_BYTES = 250_000
_TRANSFERRED = """
() => performance.getEntriesByType("resource").concat(performance.getEntriesByType("navigation"))
  .filter(entry => !entry.name.endsWith("/graphql"))
  .reduce((sum, entry) => sum + entry.transferSize, 0)
"""


@pytest.mark.parametrize("place", ["the sign-in", "the overview"])
async def test_a_first_visit_transfers_less_than_250_kb(
    visitor: Visitor, fleet: Fleet, place: str
) -> None:
    if place == "the sign-in":
        page = await visitor.open("/")
        await page.get_by_role("heading", name="Sign in", level=1).wait_for()
    else:
        page = await visitor.sign_in(fleet.keys["email"], fleet.keys["password"])
        await page.get_by_role("heading", name="Needs attention").wait_for()
    transferred = await page.evaluate(_TRANSFERRED)
    assert 50_000 < transferred < _MAX_BYTES
