"""`zenmode worker`."""

import argparse

import uvloop

from app.cli.logs import configure_logs
from app.cli.port import check_port
from app.settings import load_settings
from app.worker import run_worker


def worker(arguments: argparse.Namespace) -> int:
    """One worker, until it is told to stop."""
    settings = load_settings()
    configure_logs(settings)
    if arguments.metrics_port is not None:
        check_port(arguments.host, arguments.metrics_port)
    uvloop.run(run_worker(settings, arguments.host, arguments.metrics_port))
    return 0
