"""A real PgBouncer in transaction mode: each transaction goes to whichever connection is free."""

import os
import shutil
import signal
import socket
import tempfile
import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tests.servers.postgres import free_port
from tests.servers.process import ServerProcess

_START_SECONDS = 10
_SETTINGS = """\
[databases]
* = host={host} port={port} user={user} {password}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {own_port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = {connection_count}
max_client_conn = 200
"""


def find_pgbouncer() -> str | None:
    """Debian puts it where not everybody looks."""
    return shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


class PgBouncer:
    """Stands before the server of a database's address, with a few connections to it.

    `url` is the address to use instead of the database's own.
    """

    def __init__(self, database_url: str, *, connection_count: int) -> None:
        program = find_pgbouncer()
        assert program is not None
        database, own_port = urlsplit(database_url), free_port()
        self._folder = Path(tempfile.mkdtemp(prefix="zenmode-pgbouncer-"))
        # It refuses to be root.
        user = "nobody" if os.geteuid() == 0 else None
        if user is not None:
            shutil.chown(self._folder, user)
        password = f"password='{unquote(database.password)}'" if database.password else ""
        settings = self._folder / "pgbouncer.ini"
        settings.write_text(
            _SETTINGS.format(
                host=database.hostname,
                port=database.port or 5432,
                user=unquote(database.username or "postgres"),
                password=password,
                own_port=own_port,
                connection_count=connection_count,
            )
        )
        settings.chmod(0o644)
        self._process = ServerProcess([program, str(settings)], self._folder, user)
        self.url = f"postgresql://zenmode@127.0.0.1:{own_port}{database.path}"
        self._wait_until_it_listens(own_port)

    def close(self) -> None:
        self._process.stop(signal.SIGKILL)
        shutil.rmtree(self._folder)

    def _wait_until_it_listens(self, port: int) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
            except OSError:
                if not self._process.is_running or time.monotonic() > deadline:
                    raise AssertionError(f"PgBouncer says:\n{self._process.log}") from None
                time.sleep(0.01)
            else:
                return
