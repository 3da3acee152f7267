from app.models.engine.database import Database
from app.models.engine.migrate import missing_migrations
from app.settings import load_settings


async def test_each_test_gets_a_database_that_is_migrated_and_empty(database_url: str) -> None:
    settings = load_settings(
        {"ZENMODE_DATABASE_URL": database_url, "ZENMODE_SECRET_KEY": "k" * 32}, env_file=None
    )
    database = await Database.open(settings.database)
    try:
        assert await database.rows("SELECT id FROM workspaces") == []
        assert await missing_migrations(settings.database) == []
    finally:
        await database.close()
