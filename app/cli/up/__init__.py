"""`zenmode up`: Redis, migrations, web and worker in one terminal."""
