"""Addresses of databases and of Redis, as people write them."""

from pathlib import Path

import pytest

from app.settings.addresses import (
    DatabaseAddress,
    RedisAddress,
    parse_database_address,
    parse_redis_address,
)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("sqlite:///here/zen.db", "here/zen.db"),
        ("sqlite:////var/lib/zen.db", "/var/lib/zen.db"),
        ("sqlite:///a%20b.db", "a b.db"),
    ],
)
def test_a_sqlite_address_is_a_file(text: str, path: str) -> None:
    assert parse_database_address(text) == DatabaseAddress(kind="sqlite", path=Path(path))


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_a_postgres_address_is_taken_apart(scheme: str) -> None:
    address = parse_database_address(
        f"{scheme}://ann:p%40ss%2F@db.example:6432/zen"
        "?sslmode=verify-full&sslrootcert=system&pool_size=3&statement_cache_size=0"
    )
    assert address == DatabaseAddress(
        kind="postgres",
        host="db.example",
        port=6432,
        user="ann",
        password="p@ss/",
        database="zen",
        ssl_mode="verify-full",
        ssl_root_cert=Path("system"),
        pool_size=3,
        statement_cache_size=0,
    )


def test_what_a_postgres_address_leaves_out_is_as_usual() -> None:
    assert parse_database_address("postgres://db/zen") == DatabaseAddress(
        kind="postgres", host="db", port=5432, user="postgres", database="zen", ssl_mode="prefer"
    )


@pytest.mark.parametrize(
    "text",
    [
        "zenmode.db",
        "mysql://db/zen",
        "sqlite://zen.db",
        "sqlite:///",
        "sqlite:///:memory:",
        "sqlite:///zen.db?mode=ro",
        "postgres:///zen",
        "postgres://db",
        "postgres://ann:hush@db:x/zen",
        "postgres://ann:hu/sh@db/zen",
        "postgres://ann:hu[sh@db/zen",
        "postgres://ann:hush@db/zen?sslmode=always",
        "postgres://ann:hush@db/zen?sslrootcert=/nowhere.pem",
        "postgres://ann:hush@db/zen?pool_size=0",
        "postgres://ann:hush@db/zen?pool_size=many",
        "postgres://ann:hush@db/zen?statement_cache_size=-1",
        "postgres://ann:hush@db/zen?application_name=x",
    ],
)
def test_a_wrong_database_address_is_refused_without_repeating_its_password(text: str) -> None:
    with pytest.raises(ValueError, match=r"^(must|has|is|names) ") as caught:
        parse_database_address(text)
    assert "hu" not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "redis://localhost",
        "redis://ann:hush@redis:6380/2",
        "rediss://redis/0?ssl_cert_reqs=none",
        "unix:///run/redis.sock?db=3",
        "unix://:hush@/run/redis.sock",
    ],
)
def test_a_redis_address_is_handed_on(text: str) -> None:
    assert parse_redis_address(text) == RedisAddress(url=text)


def test_sentinels_are_taken_apart() -> None:
    address = parse_redis_address("redis+sentinel://ann:p%40ss@h1:26379,h2:26380/master/3")
    assert address == RedisAddress(
        url="",
        sentinels=(("h1", 26379), ("h2", 26380)),
        master="master",
        database=3,
        username="ann",
        password="p@ss",
    )


def test_sentinels_need_neither_a_password_nor_a_number() -> None:
    address = parse_redis_address("redis+sentinel://h1:26379/master")
    assert (address.database, address.username, address.password) == (0, None, None)
    assert parse_redis_address("redis+sentinel://:pw@h1:1/m").password == "pw"


@pytest.mark.parametrize(
    "text",
    [
        "localhost:6379",
        "http://redis",
        "redis://",
        "redis://redis:hush:1",
        "redis://:hu/sh@redis",
        "redis://redis/first",
        "redis://redis/0?retries=3",
        "unix://run/redis.sock",
        "unix://",
        "redis+sentinel://h1/master",
        "redis+sentinel://h1:99999/master",
        "redis+sentinel://h1:26379",
        "redis+sentinel://h1:26379/master/x",
    ],
)
def test_a_wrong_redis_address_is_refused_without_repeating_its_password(text: str) -> None:
    with pytest.raises(ValueError, match=r"^(must|has|is) ") as caught:
        parse_redis_address(text)
    assert "hu" not in str(caught.value)
