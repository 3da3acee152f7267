"""An HTTPS receiver in a process of its own that keeps connections open and answers 204."""

import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import trustme

_START_SECONDS = 10


async def app(_scope: Any, receive: Any, send: Any) -> None:
    """Read the body, say that it was taken."""
    if _scope["type"] != "http":
        return
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


@dataclass(frozen=True)
class RunningReceiver:
    """Where it is, and the authority that signed its certificate."""

    url: str
    ca_bundle: Path


@contextmanager
def running_receiver() -> Iterator[RunningReceiver]:
    """The receiver, for as long as it is needed."""
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
        probe.close()
        certificate, key, bundle = (Path(folder) / name for name in ("cert", "key", "ca.pem"))
        authority = trustme.CA()
        issued = authority.issue_cert("127.0.0.1", "localhost")
        issued.cert_chain_pems[0].write_to_path(certificate)
        issued.private_key_pem.write_to_path(key)
        authority.cert_pem.write_to_path(bundle)
        command = [sys.executable, "-m", "uvicorn", "bench.receiver:app", "--port", str(port)]
        command += ["--ssl-certfile", str(certificate), "--ssl-keyfile", str(key)]
        command += ["--log-level", "error", "--lifespan", "off", "--timeout-keep-alive", "60"]
        process = subprocess.Popen(command)
        try:
            _wait_until_it_listens(port)
            yield RunningReceiver(f"https://127.0.0.1:{port}", bundle)
        finally:
            process.terminate()
            process.wait()


def _wait_until_it_listens(port: int) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return
