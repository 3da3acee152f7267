"""The public audits of the GraphQL-over-HTTP specification (npm `graphql-http`)."""

import asyncio

from tests.audits.node import run_suite
from tests.http.serving import serving
from tests.http.toy import GOOD, toy


async def test_every_audit_passes() -> None:
    async with serving(toy().app) as url:
        results = await asyncio.to_thread(run_suite, "graphql_http.mjs", f"{url}/graphql", GOOD)
    assert [one for one in results if one["status"] != "ok"] == []
    assert len(results) == 61
