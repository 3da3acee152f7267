"""Placeholders that a template should have filled in."""

import pytest

from app.domain.tasks.message_template import unfilled_template


@pytest.mark.parametrize(
    ("message", "seen"),
    [
        ("Hi {{first_name}}, hello", "{{first_name}}"),
        ("Hi {{ contact.first-name | default: 'x' }}", "{{ contact.first-name"),
        ("Hi {{}}", "{{}}"),
        ("Hi {firstName}!", "{firstName}"),
        ("Hi ${name}", "${name}"),
        ("Dear [First Name],", "[First Name]"),
        ("Dear [NAME]", "[NAME]"),
        ("Dear [first_name]", "[first_name]"),
        ("Dear %FIRSTNAME%,", "%FIRSTNAME%"),
        ("Dear %first_name%", "%first_name%"),
        ("Dear *|FNAME|*", "*|FNAME|*"),
    ],
)
def test_a_placeholder_is_seen_and_shown(message: str, seen: str) -> None:
    warning = unfilled_template(message)

    assert warning is not None
    assert warning.code == "UNFILLED_TEMPLATE"
    assert seen in warning.message
    assert warning.task_id is None


@pytest.mark.parametrize(
    "message",
    [
        None,
        "",
        "Hi Jane, shall we connect?",
        "We grew 50% and then 20% more",
        "100%",
        "See [1] and [2026]",
        "a {1, 2} set, f(x) { return 1; }",
        "[]{}%%",
        "[this is a remark in brackets, of some length]",
    ],
)
def test_what_people_write_is_no_placeholder(message: object) -> None:
    assert unfilled_template(message) is None
