"""Signing in with email and password."""

from contextlib import suppress

from app.actions.steps.access.open_session import OpenSession, open_session
from app.domain.access.network_address import address_subject
from app.domain.access.tokens import hash_of
from app.domain.access.user import (
    FAILURE_WINDOW_MS,
    MAX_EMAIL_LENGTH,
    MAX_FAILURES_PER_ADDRESS,
    MAX_FAILURES_PER_EMAIL,
    MAX_PASSWORD_LENGTH,
    normal_email,
)
from app.domain.errors import RateLimited, Unauthenticated, Unavailable
from app.domain.input.text import text_problem
from app.domain.times import whole_seconds_up
from app.models.access.sign_in_queries import LimitFull, count_try, take_back
from app.models.access.user_queries import find_sign_in
from app.models.engine.database import Queries, Row
from app.services.services import Services


async def sign_in(
    services: Services, *, email: str, password: str, address: str | None
) -> OpenSession:
    """Returns a new session. `address` is the network address of the client.

    A try counts as a failure before its password is verified, and no longer once that was right:
    of any number of guesses at once, no more are verified than may fail.

    Raises Unauthenticated, in the same words and time for an unknown email and a wrong password,
    RateLimited after too many failures, and Unavailable, which is no failure, while too many
    passwords wait.
    """
    try_ids = await _count_try(services, _limits(email, address))
    try:
        user = await _user_with(services, email, password)
    except Unavailable:
        # The password was not verified. If this fails as well, the try stays counted.
        with suppress(Unavailable):
            await take_back(services.database, try_ids)
        raise
    if user is None:
        raise Unauthenticated("the email or the password is wrong")

    async def unit(queries: Queries) -> OpenSession:
        # This try alone: failures of other clients with the same email stay counted.
        await take_back(queries, try_ids)
        return await open_session(queries, user["id"], user["workspace_id"], services.now())

    return await services.database.transaction(unit)


async def _user_with(services: Services, email: str, password: str) -> Row | None:
    user = None
    can_be_known = len(email) <= MAX_EMAIL_LENGTH and text_problem(email) is None
    if can_be_known:
        user = await find_sign_in(services.database, normal_email(email))
    candidate = _plain(password) if len(password) <= MAX_PASSWORD_LENGTH else ""
    matches = await services.passwords.verify(user["password_hash"] if user else None, candidate)
    return user if matches else None


def _limits(email: str, address: str | None) -> dict[str, int]:
    """Returns the subjects that are counted and their limits, always in this order.

    Emails are hashed: what people type into that field is now and then a password.
    """
    return {
        f"email:{hash_of(_plain(normal_email(email)))}": MAX_FAILURES_PER_EMAIL,
        f"address:{address_subject(address)}": MAX_FAILURES_PER_ADDRESS,
    }


def _plain(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


async def _count_try(services: Services, limits: dict[str, int]) -> list[int]:
    async def unit(queries: Queries) -> list[int]:
        now = services.now()
        try_ids = []
        for subject, most in limits.items():
            counted = await count_try(
                queries, subject, now=now, window_ms=FAILURE_WINDOW_MS, most=most
            )
            if isinstance(counted, LimitFull):
                # The transaction rolls back: what is refused is counted nowhere.
                raise _too_many(counted, now)
            try_ids.append(counted)
        return try_ids

    return await services.database.transaction(unit)


def _too_many(full: LimitFull, now: int) -> RateLimited:
    return RateLimited(
        "too many failed attempts to sign in; wait before you try again",
        retry_after=max(1, whole_seconds_up(full.failed_at + FAILURE_WINDOW_MS - now)),
    )
