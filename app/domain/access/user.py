"""People: what an email, a password and a workspace's name must be."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.access.common_passwords import COMMON_PASSWORDS
from app.domain.input.validator import Validator
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


@dataclass(frozen=True, slots=True)
class SignUp:
    """A new person and their workspace; the email is in lower case."""

    email: str
    password: str
    workspace_name: str


def normal_email(email: str) -> str:
    """One spelling for one person."""
    return email.strip().lower()


def email_problem(email: str) -> str | None:
    """What keeps this from being an email address, in words, or None."""
    if len(email) > MAX_EMAIL_LENGTH or _EMAIL.fullmatch(email) is None:
        return "must be an email address"
    return None


def validate_sign_up(raw: Mapping[str, object]) -> SignUp:
    """Raises BadInput that names every bad field."""
    fields = Validator(raw, ("email", "password", "workspace_name"))
    email = normal_email(fields.text("email", max_length=MAX_EMAIL_LENGTH))
    if email and (problem := email_problem(email)):
        fields.add_error("email", problem)
    password = fields.text(
        "password", min_length=MIN_PASSWORD_LENGTH, max_length=MAX_PASSWORD_LENGTH
    )
    if password.lower() in COMMON_PASSWORDS:
        fields.add_error("password", "is one of the most common passwords; choose another")
    name = fields.text("workspace_name", max_length=MAX_NAME_LENGTH)
    if name and not name.strip():
        fields.add_error("workspace_name", "must not be blank")
    fields.raise_if_invalid()
    return SignUp(email=email, password=password, workspace_name=name.strip())
