"""`zenmode web`."""

import argparse
import socket
import sys

import uvicorn

from app.cli.logs import configure_logs
from app.http.server_options import SERVER_OPTIONS
from app.settings import load_settings


def web(arguments: argparse.Namespace) -> int:
    """The web processes, until they are told to stop."""
    settings = load_settings()
    configure_logs(settings)
    if (problem := port_problem(arguments.host, arguments.port)) is not None:
        sys.stderr.write(f"zenmode: {problem}\n")
        return 1
    uvicorn.run(
        "app.asgi:create_app",
        factory=True,
        host=arguments.host,
        port=arguments.port,
        workers=arguments.workers,
        http="httptools",
        log_config=None,
        **SERVER_OPTIONS,
    )
    return 0


def port_problem(host: str, port: int) -> str | None:
    """Why nothing can listen there, in words, or None."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return f"{host}:{port} cannot be listened on: {error.strerror}; choose another --port"
    return None
