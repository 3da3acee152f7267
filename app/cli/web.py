"""`zenmode web`."""

import argparse
import asyncio

import uvicorn
from starlette.types import ASGIApp

from app.asgi import WebProcess
from app.cli.logs import configure_logs
from app.cli.port import check_port
from app.cli.server_settings import lacking, require_migrations, server_settings
from app.http.server.server_options import SERVER_OPTIONS
from app.settings import Settings, load_settings

_LOOK_AGAIN_SECONDS = 1.0


def web(arguments: argparse.Namespace) -> int:
    """Runs the web processes until they are stopped."""
    settings = server_settings()
    configure_logs(settings)
    check_port(arguments.host, arguments.port)
    asyncio.run(_reach_database(settings, waits=arguments.wait_for_migrations))
    try:
        uvicorn.run(
            "app.cli.web:create_logging_app",
            factory=True,
            host=arguments.host,
            port=arguments.port,
            workers=arguments.workers,
            log_config=None,
            **SERVER_OPTIONS | {"timeout_keep_alive": settings.keep_alive_seconds},
        )
    except SystemExit:
        # It has logged why, and has exit codes of its own.
        return 1
    return 0


def create_logging_app() -> ASGIApp:
    """The web application, with the logs that each of several processes has to set up anew."""
    settings = load_settings()
    configure_logs(settings)
    return WebProcess(settings).app


async def _reach_database(settings: Settings, *, waits: bool) -> None:
    # Found out here it is one line; the server below would make a traceback of it.
    # Another process migrates; nothing tells us when it is done.
    while waits and await lacking(settings.database):  # noqa: ASYNC110
        await asyncio.sleep(_LOOK_AGAIN_SECONDS)
    await require_migrations(settings.database)
