"""A database file that holds something else: each command says so, and ends."""

import pytest

from tests.cli.command import Place, free_port


@pytest.fixture
def broken(place: Place) -> Place:
    """A place whose database is no database."""
    (place.folder / "var").mkdir()
    (place.folder / "var" / "zenmode.db").write_bytes(b"not what it was " * 300)
    return place


@pytest.mark.parametrize("command", ["up", "web", "worker", "migrate", "bootstrap"])
def test_a_file_that_is_no_database_ends_every_command_with_one_line(
    broken: Place, command: str
) -> None:
    port = ["--port", str(free_port())] if command in ("up", "web") else []
    said = broken.refusal(command, *port)
    assert said.startswith("zenmode: the database cannot be reached")
    assert said.endswith("(file is not a database)")


def test_check_tells_it_in_the_line_of_the_database(broken: Place, redis_url: str) -> None:
    done = broken.run("check", ZENMODE_REDIS_URL=redis_url)
    database, migrations, redis, _worker, _web = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (1, "")
    assert database.startswith("database: ")
    assert "not a database" in database
    assert migrations == "migrations: unknown without the database"
    assert redis == "Redis: ok"


@pytest.mark.parametrize("command", ["migrate", "bootstrap", "worker"])
def test_a_folder_in_place_of_the_file_is_one_line(place: Place, command: str) -> None:
    said = place.refusal(command, ZENMODE_DATABASE_URL=f"sqlite:///{place.folder}")
    assert said.startswith("zenmode: the database cannot be reached")
    assert said.endswith("(unable to open database file)")
