"""People: the description of a sign-up, and how long a session lives."""

import re

from app.domain.access.common_passwords import COMMON_PASSWORDS
from app.domain.input.fields import described, text
from app.domain.input.text import not_blank
from app.domain.times import MS_PER_DAY, MS_PER_MINUTE

MIN_PASSWORD_LENGTH = 12
MAX_PASSWORD_LENGTH = 256
MAX_EMAIL_LENGTH = 254
MAX_NAME_LENGTH = 200

SESSION_IDLE_MS = 14 * MS_PER_DAY
SESSION_LIFE_MS = 90 * MS_PER_DAY

FAILURE_WINDOW_MS = 15 * MS_PER_MINUTE
MAX_FAILURES_PER_EMAIL = 10
MAX_FAILURES_PER_ADDRESS = 50

_EMAIL = re.compile(r"[^@\s\x00-\x1f\x7f]{1,64}@[^@\s\x00-\x1f\x7f.]+(?:\.[^@\s\x00-\x1f\x7f.]+)*")


def normal_email(email: str) -> str:
    """Returns the one spelling of an email address that is stored."""
    return email.strip().lower()


def email_problem(email: str) -> str | None:
    """Returns why a text is not an email address, or None."""
    if len(email) > MAX_EMAIL_LENGTH or _EMAIL.fullmatch(email) is None:
        return "must be an email address"
    return None


def _password_problem(password: str) -> str | None:
    if password.lower() in COMMON_PASSWORDS:
        return "is one of the most common passwords; choose another"
    return None


@described
class SignUp:
    """A new person and their workspace; the email is in lower case."""

    email: str = text(max_length=MAX_EMAIL_LENGTH, normalize=normal_email, rule=email_problem)
    password: str = text(
        min_length=MIN_PASSWORD_LENGTH, max_length=MAX_PASSWORD_LENGTH, rule=_password_problem
    )
    workspace_name: str = text(max_length=MAX_NAME_LENGTH, normalize=str.strip, rule=not_blank)
