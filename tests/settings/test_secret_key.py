"""The keys that secrets are kept under."""

import os
import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from subprocess import PIPE, Popen

import pytest

from app.settings import SettingsError, load_settings

POSTGRES = {"ZENMODE_DATABASE_URL": "postgres://db/zen"}


def test_the_key_is_made_once_and_is_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "var"
    keys = load_settings({}, None, folder).secret_keys
    assert len(keys[0]) >= 32
    assert load_settings({}, None, folder).secret_keys == keys
    assert stat.S_IMODE((folder / "secret.key").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert os.listdir(folder) == ["secret.key"]


def test_commands_that_start_at_once_agree_on_one_key(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from app.settings import load_settings;"
        "print('.', flush=True); sys.stdin.readline();"
        f"print(load_settings({{}}, None, Path({str(tmp_path / 'var')!r})).secret_keys)"
    )
    started = [
        Popen([sys.executable, "-c", code], stdin=PIPE, stdout=PIPE, text=True) for _ in range(8)
    ]
    for one in started:
        assert one.stdout
        assert one.stdout.readline() == ".\n"
    printed = {one.communicate("go\n", timeout=30)[0] for one in started}
    assert len(printed) == 1
    assert all(one.returncode == 0 for one in started)


def test_threads_that_start_at_once_agree_on_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        loaded = pool.map(
            lambda _: load_settings({}, None, tmp_path / "var").secret_keys, range(32)
        )
    assert len(set(loaded)) == 1


def test_a_kept_key_that_is_too_short_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_text("")
    with pytest.raises(SettingsError, match=r"secret\.key must have 32 characters"):
        load_settings({}, None, tmp_path)


def test_a_folder_that_cannot_be_made_is_reported_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="cannot be made or read: Not a directory"):
        load_settings({}, None, tmp_path / "file" / "var")


def test_a_given_key_is_used_and_none_is_made(tmp_path: Path) -> None:
    settings = load_settings({"ZENMODE_SECRET_KEY": "k" * 32}, None, tmp_path)
    assert settings.secret_keys == ("k" * 32,)
    assert list(tmp_path.iterdir()) == []


def test_of_several_keys_the_first_one_is_first(tmp_path: Path) -> None:
    text = f"{'n' * 32}, {'o' * 40}"
    settings = load_settings({"ZENMODE_SECRET_KEY": text}, None, tmp_path)
    assert settings.secret_keys == ("n" * 32, "o" * 40)


@pytest.mark.parametrize("text", ["k" * 31, f"{'k' * 32},short", " , ,"])
def test_a_short_key_is_refused_without_repeating_it(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsError, match=r"^ZENMODE_SECRET_KEY must have 32") as caught:
        load_settings({"ZENMODE_SECRET_KEY": text}, None, tmp_path)
    assert text not in str(caught.value)


def test_postgres_needs_a_key(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="ZENMODE_SECRET_KEY is required with PostgreSQL"):
        load_settings(POSTGRES, None, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_key_that_is_in_the_data_folder_is_not_for_postgres(tmp_path: Path) -> None:
    load_settings({}, None, tmp_path)
    with pytest.raises(SettingsError, match="required with PostgreSQL"):
        load_settings(POSTGRES, None, tmp_path)
