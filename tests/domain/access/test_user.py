"""What a person has to give when signing up."""

import pytest

from app.domain.access.user import SignUp, email_problem, normal_email
from app.domain.errors import BadInput
from app.domain.input.read_input import read_input

GOOD = {"email": "ada@example.com", "password": "a long passphrase", "workspace_name": "Ada"}


def refused(**sent: object) -> str:
    with pytest.raises(BadInput) as error:
        read_input(SignUp, {**GOOD, **sent})
    (detail,) = error.value.details
    return f"{detail.name} {detail.message}"


def test_an_email_has_one_spelling() -> None:
    assert read_input(SignUp, {**GOOD, "email": " Ada@Example.COM "}).email == "ada@example.com"
    assert normal_email("A@B") == "a@b"


@pytest.mark.parametrize(
    "email", ["a@b", "a.b+c@d.e.f", "ä@exämple.org", "x" * 64 + "@example.com"]
)
def test_an_email_address_is_accepted(email: str) -> None:
    assert email_problem(email) is None


@pytest.mark.parametrize(
    "email",
    ["a", "@b", "a@", "a@b@c", "a b@c", "a@b..c", "a@.b", "x" * 65 + "@b", "a@" + "b" * 260],
)
def test_what_is_no_email_address_is_refused(email: str) -> None:
    assert email_problem(email) == "must be an email address"


def test_a_short_or_a_common_password_is_refused() -> None:
    assert refused(password="x" * 11) == "password must have at least 12 characters"
    assert "most common passwords" in refused(password="PASSWORD1234")
    assert "most common passwords" in refused(password="aaaaaaaaaaaa")


def test_a_workspace_has_a_name() -> None:
    assert refused(workspace_name="  ") == "workspace_name must not be blank"
