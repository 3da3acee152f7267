"""Whether the web process can listen where it was told to."""

import socket

from app.cli.command_error import CommandError


def check_port(host: str, port: int) -> None:
    """Raises CommandError that says why when nothing can listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"{host}:{port} cannot be listened on: {error.strerror}; choose another --port"
            ) from error
