"""What commands do, print and return, each as a process."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.cli.command import ZENMODE, Place, free_port

KEY = "k" * 32
_ROOT = Path(__file__).parents[2]


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


def test_help_waits_for_no_library_of_the_server(place: Place) -> None:
    code = "import sys; from app.cli.parser import make_parser; make_parser().format_help()"
    code += "; print(*{name.partition('.')[0] for name in sys.modules})"
    command = [sys.executable, "-c", code]
    loaded = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=True).stdout
    slow = {"strawberry", "tortoise", "uvicorn", "httpx", "websockets", "redis", "argcomplete"}
    assert slow & set(loaded.split()) == set()


def test_help_makes_nothing(place: Place) -> None:
    done = place.run("--help")
    assert done.returncode == 0
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
    memo = place.bootstrap()
    assert list(memo) == [
        "workspace_id",
        "email",
        "password",
        "api_key",
        "agent_token",
        "linkedin_account_id",
    ]
    assert memo["email"] == "owner@example.com"
    assert memo["api_key"].startswith("zm_")
    assert memo["agent_token"].startswith("zma_")


def test_bootstrap_for_people_shows_the_same_things(place: Place) -> None:
    done = place.run("bootstrap", "--email", "Ann@Example.com")
    assert (done.returncode, done.stderr) == (0, "")
    assert "ann@example.com" in done.stdout.lower()
    assert "not shown again" in done.stdout


def test_bootstrap_twice_with_one_email_is_an_error_that_says_so(place: Place) -> None:
    place.bootstrap()
    said = place.refusal("bootstrap")
    assert said.startswith("zenmode: email owner@example.com has an account already")
    assert f"{place.folder / 'var' / 'zenmode.db'}" in said
    assert "choose another --email" in said
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


def test_a_database_that_was_never_migrated_is_distinguished(place: Place) -> None:
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
    assert "migrations: ok" in place.run("check", **settings).stdout


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


def test_the_version_is_reported(place: Place) -> None:
    assert place.run("--version").stdout == "zenmode 1.0.0\n"


@pytest.mark.parametrize("words", [["help"], ["help", "agent"], ["help", "check"]])
def test_help_can_be_asked_for_in_words(place: Place, words: list[str]) -> None:
    done = place.run(*words)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == place.run(*words[1:], "--help").stdout


@pytest.mark.parametrize(("word", "meant"), [("chek", "check"), ("agnet", "agent"), ("ups", "up")])
def test_a_command_that_was_misspelt_is_guessed_at(place: Place, word: str, meant: str) -> None:
    assert f"did you mean {meant}?" in place.refusal(word, exit_code=2)


def test_the_agents_help_lists_the_installed_drivers(place: Place) -> None:
    assert "installed: dry-run" in " ".join(place.run("agent", "--help").stdout.split())


@pytest.mark.parametrize("words", [["worker"], ["web"], ["workspaces"]])
def test_a_command_that_finds_no_tables_is_one_line(place: Place, words: list[str]) -> None:
    said = place.refusal(*words)
    assert said.startswith("zenmode: the database lacks 0001_initial")
    assert said.endswith("run zenmode migrate")


def test_workspaces_are_listed(place: Place) -> None:
    memo = place.bootstrap()
    listed = place.run("workspaces").stdout.splitlines()
    assert listed[0].startswith(f"{memo['workspace_id']}\tactive\t-\towner@example.com\t")


def test_bootstrap_for_a_shell_can_be_evaluated(place: Place) -> None:
    done = place.run("bootstrap", "--shell")
    lines = dict(line.split("=", 1) for line in done.stdout.splitlines())
    assert list(lines) == ["API_KEY", "AGENT_TOKEN", "ACCOUNT", "WORKSPACE"]
    assert lines["API_KEY"].startswith("zm_")
    assert "zenmode.db" in done.stderr


# Made up, with a right checksum; in two parts, so that it is not taken for a real token.
_REST = "ab12cdefghijklmnopqrstuvwxyz1242t6zm"


@pytest.mark.parametrize(
    ("token", "said"),
    [
        ("foo", "it must begin with zma_"),
        ("zm_" + _REST, "this is an API key"),
        ("zma_ab12cdefghijklmnopqrstuvwxyz1242t6zn", "typing error"),
        ("zma_ab12", "not whole"),
        ("Bearer zma_" + _REST, "it must begin with zma_"),
        (" \u200b\n", "it is empty"),
    ],
)
def test_what_is_no_agents_token_is_refused_before_the_network(
    place: Place, token: str, said: str
) -> None:
    told = place.refusal("agent", "--url", "http://127.0.0.1:1", "--token", token, exit_code=2)
    assert said in told
    assert token.strip() == "" or token.strip() not in told or token == "foo"


_TOKEN = "zma_" + _REST


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--url", "http://h/graphql"], "give http://h"),
        (["--url", "http://h/api/"], "give http://h"),
        (["--url", "http://h:1/zen/api/v1/tasks"], "give http://h:1/zen"),
        (["--url", "ws://h"], "http://h"),
        (["--url", "h:8000"], "it needs http://h:8000"),
        (["--url", "http://h", "--account", "acc_1"], "is an account's id"),
        (["--url", "http://h", "--account", "jane"], "is not a profile's URL"),
        (["--url", "http://h", "--driver", "none"], "there is no driver 'none'"),
    ],
)
def test_an_option_of_the_agent_that_cannot_be_right_says_what_is_wrong(
    place: Place, words: list[str], said: str
) -> None:
    token = f"\u200b {_TOKEN}\r\n"
    done = place.run("agent", *words, ZENMODE_AGENT_TOKEN=token, XDG_STATE_HOME=str(place.folder))
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert _TOKEN not in done.stderr
    assert done.stderr[:4].isdigit()
    assert done.stderr.split()[0].endswith("Z")


@pytest.mark.parametrize("mode", [0o755, 0o777])
def test_what_is_in_the_data_folder_is_for_its_owner_alone(place: Place, mode: int) -> None:
    folder = place.folder / "var"
    folder.mkdir(mode=mode)
    folder.chmod(mode)
    (folder / "zenmode.db").touch(mode=0o644)
    place.bootstrap()
    open_to_others = [path for path in (folder, *folder.rglob("*")) if path.stat().st_mode & 0o077]
    assert open_to_others == []


def test_a_database_elsewhere_is_for_its_owner_alone(place: Place) -> None:
    path = place.folder / "elsewhere.db"
    place.run("migrate", ZENMODE_DATABASE_URL=f"sqlite:///{path}")
    assert path.stat().st_mode & 0o077 == 0
