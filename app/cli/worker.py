"""`zenmode worker`."""

import argparse
import asyncio

from app.cli.logs import configure_logs
from app.settings import load_settings
from app.worker import run_worker


def worker(_arguments: argparse.Namespace) -> int:
    """One worker, until it is told to stop."""
    settings = load_settings()
    configure_logs(settings)
    asyncio.run(run_worker(settings))
    return 0
