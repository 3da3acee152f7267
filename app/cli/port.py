"""Where the web process listens: whether it can, and whether it does."""

import http.client
import socket

from app.cli.command_error import CommandError

_ASK_SECONDS = 2.0
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}


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


def page_address(host: str, port: int) -> str:
    """What to type into a browser on this machine."""
    near = _EVERYWHERE.get(host, host)
    return f"http://[{near}]:{port}" if ":" in near else f"http://{near}:{port}"


def says_it_is_ready(host: str, port: int) -> bool:
    """Whether `/readyz` answers 200 there. No proxy of the environment is asked."""
    connection = http.client.HTTPConnection(_EVERYWHERE.get(host, host), port, timeout=_ASK_SECONDS)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
