"""Reading settings: names, files, and what stops a start."""

from pathlib import Path

import pytest

from app.settings import SettingsError, load_agent_token, load_settings

KEY = "k" * 32


def refusal(environ: dict[str, str], folder: Path) -> str:
    """The one line with which a start is refused."""
    with pytest.raises(SettingsError) as caught:
        load_settings(environ, env_file=None, data_dir=folder)
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_without_anything_set_all_is_in_the_data_folder(tmp_path: Path) -> None:
    settings = load_settings({"ZENMODE_DATA_DIR": str(tmp_path)}, env_file=None)
    assert settings.data_dir == tmp_path
    assert settings.database.path == tmp_path / "zenmode.db"
    assert settings.redis.url == f"unix://{tmp_path}/redis.sock"
    assert not settings.redis_is_given
    assert settings.secret_keys == ((tmp_path / "secret.key").read_text(),)


def test_the_defaults_are_the_documented_ones(tmp_path: Path) -> None:
    settings = load_settings({}, env_file=None, data_dir=tmp_path)
    assert settings.public_url is None
    assert settings.cors_origins == ()
    assert settings.rate_limit_per_minute == 100
    assert settings.daily_task_limit == 500
    assert settings.webhook_retry_seconds == (5, 300, 1800, 7200, 18000, 36000, 36000)
    assert settings.webhook_timeout_seconds == 15
    assert settings.webhook_allowed_networks == ()
    assert settings.webhook_ca_bundle is None
    assert settings.retry_backoff_seconds == 30
    assert settings.sign_up == "open"
    assert settings.retention_days == 30
    assert settings.log_format == "console"
    assert settings.trusted_proxies == ()


def test_the_data_folder_of_the_command_goes_before_that_of_the_environment(tmp_path: Path) -> None:
    settings = load_settings(
        {"ZENMODE_DATA_DIR": "/nowhere"}, env_file=None, data_dir=tmp_path / "here"
    )
    assert settings.database.path == tmp_path / "here" / "zenmode.db"


def test_a_data_folder_of_any_name_has_its_redis_inside(tmp_path: Path) -> None:
    settings = load_settings({}, env_file=None, data_dir=tmp_path / "a b?c%41#d")
    assert settings.redis.url == f"unix://{tmp_path}/a%20b%3Fc%2541%23d/redis.sock"


@pytest.mark.parametrize("value", ["1", ""])
def test_an_unknown_name_is_refused_by_its_name(tmp_path: Path, value: str) -> None:
    message = refusal({"ZENMODE_DATABSE_URL": value}, tmp_path)
    assert message == "ZENMODE_DATABSE_URL is not a setting; did you mean ZENMODE_DATABASE_URL?"


def test_a_name_like_none_of_ours_is_refused_with_where_to_read(tmp_path: Path) -> None:
    message = refusal({"ZENMODE_XYZZY": "1"}, tmp_path)
    assert message == "ZENMODE_XYZZY is not a setting; see docs/settings.md"


def test_only_secrets_come_from_files(tmp_path: Path) -> None:
    assert refusal({"ZENMODE_SIGN_UP_FILE": "x"}, tmp_path).startswith(
        "ZENMODE_SIGN_UP_FILE is not a setting"
    )


def test_names_of_tests_and_of_others_are_left_alone(tmp_path: Path) -> None:
    load_settings({"ZENMODE_TEST_X": "1", "ZEN": "1", "zenmode_x": "1"}, None, tmp_path)


def test_an_empty_value_is_as_none(tmp_path: Path) -> None:
    environ = {"ZENMODE_REDIS_URL": "", "ZENMODE_SIGN_UP": "", "ZENMODE_SECRET_KEY_FILE": ""}
    settings = load_settings(environ, None, tmp_path)
    assert not settings.redis_is_given
    assert settings.sign_up == "open"


def test_a_refused_start_makes_no_key(tmp_path: Path) -> None:
    refusal({"ZENMODE_SIGN_UP": "perhaps"}, tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "attribute", "text", "expected"),
    [
        ("SECRET_KEY", "secret_keys", KEY, (KEY,)),
        ("REDIS_URL", "redis_is_given", "redis://localhost", True),
    ],
)
def test_a_secret_may_come_from_a_file(
    tmp_path: Path, name: str, attribute: str, text: str, expected: object
) -> None:
    file = tmp_path / "secret"
    file.write_text(f"{text}\n")
    settings = load_settings({f"ZENMODE_{name}_FILE": str(file)}, None, tmp_path)
    assert getattr(settings, attribute) == expected


def test_a_database_address_may_come_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "url"
    file.write_text("postgres://ann:s3cret@db/zen\n")
    environ = {"ZENMODE_DATABASE_URL_FILE": str(file), "ZENMODE_SECRET_KEY": KEY}
    assert load_settings(environ, None, tmp_path).database.password == "s3cret"


def test_a_secret_file_that_is_missing_or_empty_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").write_text(" \n")
    missing = refusal({"ZENMODE_SECRET_KEY_FILE": str(tmp_path / "none")}, tmp_path)
    empty = refusal({"ZENMODE_SECRET_KEY_FILE": str(tmp_path / "empty")}, tmp_path)
    assert missing == f"ZENMODE_SECRET_KEY_FILE: the file {tmp_path}/none cannot be read"
    assert empty == f"ZENMODE_SECRET_KEY_FILE: the file {tmp_path}/empty is empty"


def test_a_secret_given_twice_is_refused(tmp_path: Path) -> None:
    message = refusal({"ZENMODE_SECRET_KEY": KEY, "ZENMODE_SECRET_KEY_FILE": "x"}, tmp_path)
    assert message == "ZENMODE_SECRET_KEY and ZENMODE_SECRET_KEY_FILE: set only one"


def test_a_file_in_the_folder_is_read_and_the_environment_wins(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("ZENMODE_SIGN_UP=closed\nexport ZENMODE_RETENTION_DAYS='7' # a week\nOTHER=1\n")
    settings = load_settings({"ZENMODE_RETENTION_DAYS": "8"}, file, tmp_path)
    assert (settings.sign_up, settings.retention_days) == ("closed", 8)


def test_an_unknown_name_in_the_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("ZENMODE_SIGNUP=closed\n")
    with pytest.raises(SettingsError, match="ZENMODE_SIGNUP is not a setting"):
        load_settings({}, file, tmp_path)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError, match=r"\.env cannot be read"):
        load_settings({}, file, tmp_path)


def test_a_line_of_the_file_that_sets_nothing_is_refused_without_repeating_it(
    tmp_path: Path,
) -> None:
    file = tmp_path / ".env"
    file.write_text("# ours\nZENMODE_SECRET_KEY hush\n")
    with pytest.raises(SettingsError, match=r"\.env, line 2: must be NAME=value$"):
        load_settings({}, file, tmp_path)


def test_a_file_is_read_whatever_editor_wrote_it(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_bytes(b"\xef\xbb\xbfZENMODE_SIGN_UP=closed\r\nZENMODE_RETENTION_DAYS=7\r\n")
    settings = load_settings({}, file, tmp_path)
    assert (settings.sign_up, settings.retention_days) == ("closed", 7)


def test_what_looks_like_a_variable_in_a_value_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("ZENMODE_SECRET_KEY=${HOME}" + KEY + "\n")
    assert load_settings({}, file, tmp_path).secret_keys == ("${HOME}" + KEY,)


def test_an_agent_needs_no_more_than_its_token(tmp_path: Path) -> None:
    assert load_agent_token({}, env_file=None) is None
    assert load_agent_token({"ZENMODE_AGENT_TOKEN": "zma_x"}, env_file=None) == "zma_x"
    file = tmp_path / "token"
    file.write_text("zma_y\n")
    given = load_agent_token({"ZENMODE_AGENT_TOKEN_FILE": str(file)}, env_file=None)
    assert given == "zma_y"


def test_an_agent_refuses_unknown_names_too() -> None:
    with pytest.raises(SettingsError, match="did you mean ZENMODE_AGENT_TOKEN"):
        load_agent_token({"ZENMODE_AGENT_TOKN": "zma_x"}, env_file=None)


def test_an_agent_refuses_wrong_values_too() -> None:
    with pytest.raises(SettingsError, match=r"^ZENMODE_SIGN_UP must be"):
        load_agent_token({"ZENMODE_SIGN_UP": "perhaps"}, env_file=None)


def test_no_secret_is_shown_when_settings_are_printed(tmp_path: Path) -> None:
    environ = {
        "ZENMODE_DATABASE_URL": "postgres://ann:pass-one@db/zen",
        "ZENMODE_REDIS_URL": "redis://:pass-two@redis",
        "ZENMODE_SECRET_KEY": KEY,
    }
    settings = load_settings(environ, None, tmp_path)
    shown = f"{settings!r} {settings} {settings.database} {settings.redis}"
    assert "pass-" not in shown
    assert KEY not in shown
