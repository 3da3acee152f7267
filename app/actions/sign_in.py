"""A person comes in with email and password."""

from app.actions.outside import Outside
from app.actions.steps.open_session import OpenSession, open_session
from app.domain.checking import text_problem
from app.domain.errors import RateLimited, Unauthenticated
from app.domain.person import (
    FAILURE_WINDOW_MS,
    MAX_EMAIL_LENGTH,
    MAX_FAILURES_PER_ADDRESS,
    MAX_FAILURES_PER_EMAIL,
    MAX_PASSWORD_LENGTH,
    normal_email,
)
from app.domain.times import whole_seconds_up
from app.domain.tokens import hash_of
from app.models.database import Queries

_BY_EMAIL = "SELECT id, workspace_id, password_hash FROM users WHERE email = $1"
_NOTE_FAILURE = "INSERT INTO sign_in_failures (subject, failed_at) VALUES ($1, $2)"
# The failure that must grow old before the next try: the one that fills the quota.
_FILLING_FAILURE = """
SELECT failed_at FROM sign_in_failures WHERE subject = $1 AND failed_at > $2
ORDER BY failed_at DESC LIMIT 1 OFFSET $3
"""
_CLEAR = "DELETE FROM sign_in_failures WHERE subject = $1"


async def sign_in(
    outside: Outside, *, email: str, password: str, address: str | None
) -> OpenSession:
    """A new session. `address` is the network address of who asks.

    Raises Unauthenticated, in the same words and time for an unknown email and a wrong password,
    and RateLimited after too many failures.
    """
    subjects = _subjects(email, address)
    await _refuse_after_too_many(outside, subjects)
    user = None
    can_be_known = len(email) <= MAX_EMAIL_LENGTH and text_problem(email) is None
    if can_be_known:
        user = await outside.database.row(_BY_EMAIL, normal_email(email))
    candidate = password if len(password) <= MAX_PASSWORD_LENGTH else ""
    matches = await outside.passwords.verify(
        user["password_hash"] if user else None, candidate.encode("utf-8", "replace").decode()
    )
    if user is None or not matches:
        await _note_failure(outside, subjects)
        raise Unauthenticated("the email or the password is wrong")

    async def unit(queries: Queries) -> OpenSession:
        await queries.change(_CLEAR, next(iter(subjects)))
        return await open_session(queries, user["id"], user["workspace_id"], outside.now())

    return await outside.database.transaction(unit)


def _subjects(email: str, address: str | None) -> dict[str, int]:
    # Hashed: what people type into the email field is now and then a password.
    subjects = {f"email:{hash_of(_plain(normal_email(email)))}": MAX_FAILURES_PER_EMAIL}
    if address:
        subjects[f"address:{address}"] = MAX_FAILURES_PER_ADDRESS
    return subjects


def _plain(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


async def _refuse_after_too_many(outside: Outside, subjects: dict[str, int]) -> None:
    now = outside.now()
    for subject, most in subjects.items():
        row = await outside.database.row(
            _FILLING_FAILURE, subject, now - FAILURE_WINDOW_MS, most - 1
        )
        if row is not None:
            raise RateLimited(
                "too many failed attempts to sign in; wait before you try again",
                retry_after=whole_seconds_up(row["failed_at"] + FAILURE_WINDOW_MS - now),
            )


async def _note_failure(outside: Outside, subjects: dict[str, int]) -> None:
    for subject in subjects:
        await outside.database.change(_NOTE_FAILURE, subject, outside.now())
