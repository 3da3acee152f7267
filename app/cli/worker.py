"""`zenmode worker`."""

import argparse
import asyncio

import uvloop

from app.cli.logs import configure_logs
from app.cli.port import check_port
from app.cli.server_settings import require_migrations, server_settings
from app.worker import run_worker


def worker(arguments: argparse.Namespace) -> int:
    """Runs one worker until it is stopped."""
    settings = server_settings()
    configure_logs(settings)
    if arguments.metrics_port is not None:
        check_port(arguments.host, arguments.metrics_port)
    asyncio.run(require_migrations(settings.database))
    uvloop.run(run_worker(settings, arguments.host, arguments.metrics_port))
    return 0
