"""`zenmode check` beside real servers."""

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
        well = ["database: well", "migrations: well", "Redis: well", "worker: well"]
        await until(lambda: lines(place, **settings) == (0, well), 30)
    finally:
        worker.stop()
    assert worker.exit_code == 0


def test_a_missing_worker_is_told(place: Place, redis_url: str) -> None:
    place.run("migrate")
    assert lines(place, ZENMODE_REDIS_URL=redis_url) == (
        1,
        [
            "database: well",
            "migrations: well",
            "Redis: well",
            "worker: none was heard for 15 s",
        ],
    )


def test_missing_migrations_are_told(place: Place, redis_url: str) -> None:
    code, told = lines(place, ZENMODE_REDIS_URL=redis_url)
    assert code == 1
    assert told[0] == "database: well"
    assert told[1].startswith("migrations: 0001_initial")
    assert told[1].endswith("missing; run zenmode migrate")


def test_a_redis_that_is_away_or_hangs_is_told(place: Place, fragile_redis: RedisServer) -> None:
    place.run("migrate")
    away = ["database: well", "migrations: well", "Redis: cannot be reached"]
    away.append("worker: unknown without Redis")
    fragile_redis.freeze()
    assert lines(place, ZENMODE_REDIS_URL=fragile_redis.url) == (1, away)
    fragile_redis.thaw()
    fragile_redis.stop()
    assert lines(place, ZENMODE_REDIS_URL=fragile_redis.url) == (1, away)


def test_a_database_that_is_away_is_told(place: Place, redis_url: str) -> None:
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
