"""Keeping a lease, and knowing when it can no longer be relied on."""

import asyncio

import pytest

from tests.agent.scripted import ScriptedHttp, data, error, scripted_http
from tests.waiting import until
from zenmode_agent.server.graphql_client import GraphQLClient
from zenmode_agent.server.retrying import now
from zenmode_agent.tasks.lease import Lease, renewed

_RENEWED = data(renewLeases={"lost": []})
_LOST = data(renewLeases={"lost": ["task_1"]})


def _lease(seconds: float = 60) -> Lease:
    return Lease("task_1", "lease-1", seconds, now() + seconds)


def test_acting_is_allowed_for_five_sixths_of_a_lease() -> None:
    assert 49 < _lease(60).seconds_left() <= 50
    assert _lease(60).holds()


def test_a_lease_in_its_last_sixth_does_not_hold_but_leaves_time_to_stop() -> None:
    lease = Lease("task_1", "lease-1", 60, now() + 9)
    assert not lease.holds()
    assert not lease.is_over()


def test_a_lease_is_over_before_it_ends() -> None:
    assert Lease("task_1", "lease-1", 60, now() + 4).is_over()


def test_a_lease_that_is_let_go_does_not_hold_and_is_over_soon() -> None:
    lease = _lease(60)
    lease.abandon()
    assert not lease.holds()
    assert not lease.is_over()
    assert lease.ends_at <= now() + 10


async def _keep(script: ScriptedHttp, lease: Lease, times: int) -> None:
    async with GraphQLClient(script.url, "zma_secret") as session, renewed(lease, session):
        await until(lambda: len(script.requests) >= times)
        await until(lambda: lease.is_abandoned or lease.ends_at > now() + lease.seconds - 0.5)


async def test_a_lease_is_renewed_as_long_as_it_is_kept() -> None:
    async with scripted_http() as script:
        script.answers["RenewLeases"] = [_RENEWED]
        lease = _lease(0.9)
        await _keep(script, lease, times=3)
        assert script.variables_of("RenewLeases")[0] == {
            "input": {
                "leases": [{"taskId": "task_1", "leaseToken": "lease-1"}],
                "leaseSeconds": 0.9,
            }
        }


async def test_a_renewal_counts_from_before_it_was_asked_for() -> None:
    async with scripted_http() as script:
        script.answers["RenewLeases"] = [_RENEWED]
        lease = _lease(0.9)
        await _keep(script, lease, times=1)
        assert lease.ends_at <= now() + 0.9


async def test_a_lost_lease_is_let_go() -> None:
    async with scripted_http() as script:
        script.answers["RenewLeases"] = [_LOST]
        lease = _lease(3)
        await _keep(script, lease, times=1)
        assert lease.is_abandoned


@pytest.mark.parametrize("answer", [None, error("UNAVAILABLE"), error("CONFLICT")])
async def test_a_renewal_that_fails_is_tried_again(answer: object) -> None:
    async with scripted_http() as script:
        script.answers["RenewLeases"] = [answer, _RENEWED]  # type: ignore[list-item]
        await _keep(script, _lease(3), times=2)


async def test_a_refused_token_leaves_the_lease_to_run_out() -> None:
    async with scripted_http() as script:
        script.answers["RenewLeases"] = [error("UNAUTHENTICATED", status=401)]
        lease = _lease(3)
        async with GraphQLClient(script.url, "zma_secret") as session, renewed(lease, session):
            await until(lambda: not lease.holds())
            await asyncio.sleep(0)
        assert len(script.requests) == 1
