"""Who may do what, with and without an active subscription."""

import pytest

from app.domain.access.caller import (
    AGENTS,
    EVERYBODY,
    PEOPLE,
    Caller,
    CallerKind,
    require,
    require_known,
    require_reader,
)
from app.domain.errors import Forbidden, NoActiveSubscription, Unauthenticated


def caller(kind: CallerKind, *, has_paid: bool = True) -> Caller:
    return Caller(kind, "ws_1", "credential_1", None, has_paid)


@pytest.mark.parametrize("check", [require, require_reader, require_known])
def test_no_credential_and_a_credential_of_another_kind_are_refused(check: object) -> None:
    with pytest.raises(Unauthenticated):
        check(None, EVERYBODY)  # type: ignore[operator]
    with pytest.raises(Forbidden, match="an API key may not do this"):
        check(caller(CallerKind.API_KEY), PEOPLE | AGENTS)  # type: ignore[operator]


@pytest.mark.parametrize("kind", CallerKind)
def test_after_the_subscription_only_people_may_read_and_no_one_may_act(kind: CallerKind) -> None:
    unpaid = caller(kind, has_paid=False)
    assert require_known(unpaid, EVERYBODY) is unpaid
    with pytest.raises(NoActiveSubscription):
        require(unpaid, EVERYBODY)
    if kind is CallerKind.SESSION:
        assert require_reader(unpaid, EVERYBODY) is unpaid
    else:
        with pytest.raises(NoActiveSubscription):
            require_reader(unpaid, EVERYBODY)


@pytest.mark.parametrize("kind", CallerKind)
def test_an_allowed_caller_is_returned(kind: CallerKind) -> None:
    known = caller(kind)
    assert require(known, frozenset({kind})) is known


def test_the_kind_is_checked_before_the_subscription() -> None:
    with pytest.raises(Forbidden):
        require(caller(CallerKind.AGENT, has_paid=False), PEOPLE)
