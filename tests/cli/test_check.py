"""`zenmode check` beside real servers."""

import json
from pathlib import Path

import pytest

from tests.cli.command import Place
from tests.servers.redis import RedisServer
from tests.waiting import until


def lines(place: Place, **settings: str) -> tuple[int, list[str]]:
    done = place.run("check", **settings)
    assert done.stderr == "", done
    return done.returncode, done.stdout.splitlines()


async def test_all_is_well_while_a_worker_runs(place: Place, redis_url: str) -> None:
    settings = {"ZENMODE_REDIS_URL": redis_url}
    place.run("migrate")
    worker = place.start("worker", **settings)
    try:
        fine = ["migrations: ok", "Redis: ok", "worker: ok"]
        await until(lambda: lines(place, **settings)[1][1:4] == fine, 30)
        assert lines(place, **settings)[0] == 0
    finally:
        worker.stop()
    assert worker.exit_code == 0


def test_a_missing_worker_is_reported(place: Place, redis_url: str) -> None:
    place.run("migrate")
    assert lines(place, ZENMODE_REDIS_URL=redis_url) == (
        1,
        [
            f"database: ok (SQLite, {place.folder / 'var' / 'zenmode.db'})",
            "migrations: ok",
            "Redis: ok",
            "worker: none was heard for 15 s",
            "web: warning: no process listens for events",
            "agents: warning: none was heard within the last minute",
            "webhooks: ok",
        ],
    )


def test_missing_migrations_are_reported(place: Place, redis_url: str) -> None:
    (place.folder / "var").mkdir()
    (place.folder / "var" / "zenmode.db").touch()
    code, told = lines(place, ZENMODE_REDIS_URL=redis_url)
    assert code == 1
    assert told[0].startswith("database: ok")
    assert told[1].startswith("migrations: 0001_initial")
    assert told[1].endswith("missing; run zenmode migrate")


def test_a_redis_that_is_away_or_hangs_is_reported(
    place: Place, fragile_redis: RedisServer
) -> None:
    place.run("migrate")
    away = (1, ["Redis: cannot be reached", "worker: unknown without Redis"])

    def told() -> tuple[int, list[str]]:
        code, parts = lines(place, ZENMODE_REDIS_URL=fragile_redis.url)
        return code, parts[2:4]

    fragile_redis.freeze()
    assert told() == away
    fragile_redis.thaw()
    fragile_redis.stop()
    assert told() == away


def test_a_database_that_is_away_is_reported(place: Place, redis_url: str) -> None:
    code, told = lines(
        place,
        ZENMODE_REDIS_URL=redis_url,
        ZENMODE_DATABASE_URL="postgres://ann:hush@127.0.0.1:1/zen",
        ZENMODE_SECRET_KEY="k" * 32,
    )
    assert code == 1
    assert told[0].startswith("database: the database cannot be reached")
    assert "Connect call failed" in told[0]
    assert "hush" not in told[0]
    assert told[1] == "migrations: unknown without the database"


def _files(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        str(path): (path.stat().st_mode, path.read_bytes() if path.is_file() else b"")
        for path in folder.rglob("*")
    }


@pytest.mark.parametrize("words", [[], ["--json"], ["--data-dir", "other"]])
def test_a_check_in_the_wrong_folder_names_it_and_writes_nothing(
    place: Place, redis_url: str, words: list[str]
) -> None:
    done = place.run("check", *words, ZENMODE_REDIS_URL=redis_url)
    assert done.returncode == 1
    assert (
        str(place.folder / ("other" if "other" in words else "var") / "zenmode.db") in done.stdout
    )
    assert list(place.folder.iterdir()) == []


def test_a_check_of_a_database_leaves_every_file_as_it_is(place: Place, redis_url: str) -> None:
    place.bootstrap()
    before = _files(place.folder)
    lines(place, ZENMODE_REDIS_URL=redis_url)
    assert _files(place.folder) == before


def test_a_check_for_programs_is_one_object(place: Place, redis_url: str) -> None:
    place.run("migrate", "--help")
    place.run("migrate", ZENMODE_DATA_DIR="there")
    done = place.run("check", "--json", "--data-dir", "there", ZENMODE_REDIS_URL=redis_url)
    told = json.loads(done.stdout)
    assert (done.returncode, told["ok"]) == (1, False)
    parts = {part["name"]: part for part in told["parts"]}
    assert parts["database"]["ok"] is True
    assert parts["database"]["detail"].endswith("there/zenmode.db")
    assert parts["worker"]["ok"] is False
    assert parts["agents"]["ok"] is True
    assert parts["agents"]["warning"] is True
