"""What commands do, print and return, each as a process."""

import json
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.cli.command import ZENMODE, Place, free_port

KEY = "k" * 32


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "zenmode: the following arguments are required: COMMAND; see zenmode --help"),
        (["web", "--port", "x"], "zenmode web: argument --port: must be a whole number from 1"),
        (["web", "--port", "65536"], "zenmode web: argument --port: must be a whole number"),
        (["web", "--workers", "0"], "zenmode web: argument --workers: must be a whole number"),
        (["web", "--work", "2"], "zenmode: unrecognized arguments: --work 2"),
        (["worker", "now"], "zenmode: unrecognized arguments: now"),
        (["agent"], "zenmode agent: the following arguments are required: --url"),
        (["agent", "--url", "http://x", "--pace", "-1"], "zenmode agent: argument --pace: must be"),
        (["agent", "--url", "http://x"], "zenmode: give --token, or set ZENMODE_AGENT_TOKEN"),
        (["subscription"], "zenmode subscription: the following arguments are required: set"),
        (["subscription", "set", "w"], "zenmode subscription set: the following arguments are"),
        (["fly"], "zenmode: argument COMMAND: invalid choice: 'fly'"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_code_2(place: Place, words: list[str], said: str) -> None:
    assert place.refusal(*words, exit_code=2).startswith(said)


def test_help_is_quick_and_makes_nothing(place: Place) -> None:
    began = time.monotonic()
    done = place.run("--help")
    assert done.returncode == 0
    assert time.monotonic() - began < 1
    commands = "up web worker agent migrate bootstrap subscription schema openapi check"
    assert set(commands.split()) <= {
        line.split()[0] for line in done.stdout.splitlines() if line.strip()
    }
    assert list(place.folder.iterdir()) == []


@pytest.mark.parametrize(
    "words",
    [
        ["up"],
        ["web"],
        ["migrate"],
        ["check"],
        ["agent", "--url", "http://127.0.0.1:1", "--token", "zma_x"],
    ],
)
def test_every_command_refuses_an_unknown_setting_by_its_name(
    place: Place, words: list[str]
) -> None:
    said = place.refusal(*words, ZENMODE_SIGNUP="closed")
    assert said == "zenmode: ZENMODE_SIGNUP is not a setting; did you mean ZENMODE_SIGN_UP?"


@pytest.mark.parametrize(
    "words",
    [
        ["up"],
        ["web"],
        ["worker"],
        ["bootstrap"],
    ],
)
def test_a_database_out_of_reach_is_one_line_without_its_password(
    place: Place, words: list[str]
) -> None:
    url = f"postgres://ann:hush@127.0.0.1:{free_port()}/zen"
    said = place.refusal(*words, ZENMODE_DATABASE_URL=url, ZENMODE_SECRET_KEY=KEY)
    assert said.startswith("zenmode: the database cannot be reached")
    assert "hush" not in said


def test_bootstrap_works_before_anything_else_and_prints_one_object(place: Place) -> None:
    made = place.bootstrap()
    assert list(made) == [
        "workspace_id",
        "email",
        "password",
        "api_key",
        "agent_token",
        "linkedin_account_id",
    ]
    assert made["email"] == "owner@example.com"
    assert made["api_key"].startswith("zm_")
    assert made["agent_token"].startswith("zma_")


def test_bootstrap_for_people_shows_the_same_things(place: Place) -> None:
    done = place.run("bootstrap", "--email", "Ann@Example.com")
    assert (done.returncode, done.stderr) == (0, "")
    assert "ann@example.com" in done.stdout.lower()
    assert "not shown again" in done.stdout


def test_bootstrap_twice_with_one_email_is_an_error_that_says_so(place: Place) -> None:
    place.bootstrap()
    assert place.refusal("bootstrap") == "zenmode: email owner@example.com has an account already"
    other = place.run("bootstrap", "--email", "b@example.com", "--json")
    assert json.loads(other.stdout)["email"] == "b@example.com"


def test_bootstrap_refuses_what_is_no_email(place: Place) -> None:
    assert place.refusal("bootstrap", "--email", "x").startswith("zenmode: email must be")


def test_the_subscription_takes_its_status_in_any_case(place: Place) -> None:
    workspace = place.bootstrap()["workspace_id"]
    done = place.run("subscription", "set", workspace, "PAST_DUE")
    assert (done.stdout, done.stderr) == (f"{workspace} is past_due\n", "")
    ending = ["--ends-at", "2027-01-01T00:00:00+01:00"]
    done = place.run("subscription", "set", workspace, "Trialing", *ending)
    assert (done.stdout, done.stderr) == (f"{workspace} is trialing\n", "")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["ws_none", "active"], "there is no workspace ws_none"),
        (["ws_none", "rich"], "status must be one of trialing, active, past_due, cancelled"),
        (["ws_none", "active", "--ends-at", "soon"], "ends_at must be an RFC 3339 time"),
    ],
)
def test_a_subscription_that_cannot_be_set_says_why(
    place: Place, words: list[str], said: str
) -> None:
    place.run("migrate")
    assert place.refusal("subscription", "set", *words).startswith(f"zenmode: {said}")


def test_a_database_that_was_never_migrated_is_told_apart(place: Place) -> None:
    said = place.refusal("subscription", "set", "w", "active")
    assert said.startswith("zenmode: the database lacks 0001_initial")
    assert said.endswith("run zenmode migrate")


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_migrating_at_once_and_again_is_safe(
    place: Place, kind: str, request: pytest.FixtureRequest
) -> None:
    settings = {}
    if kind == "postgres":
        server = request.getfixturevalue("postgres_server")
        settings = {"ZENMODE_DATABASE_URL": server.create_database(), "ZENMODE_SECRET_KEY": KEY}
    with ThreadPoolExecutor(3) as pool:
        runs = list(pool.map(lambda _: place.run("migrate", **settings), range(3)))
    runs.append(place.run("migrate", **settings))
    assert {(run.returncode, run.stdout, run.stderr) for run in runs} == {
        (0, "the database is up to date\n", "")
    }
    assert "migrations: well" in place.run("check", **settings).stdout


def test_what_is_generated_needs_no_settings_and_survives_a_reader_that_goes(place: Place) -> None:
    assert "type Query" in place.run("schema").stdout
    assert json.loads(place.run("openapi").stdout)["openapi"].startswith("3.1")
    with subprocess.Popen(
        [ZENMODE, "openapi"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as printing:
        assert printing.stdout
        assert printing.stderr
        printing.stdout.close()
        assert printing.stderr.read() == b""
    assert list(place.folder.iterdir()) == []
