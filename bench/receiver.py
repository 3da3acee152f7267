"""An HTTPS receiver in a process of its own that keeps connections open and answers 204.

As cheap as can be: what is measured is who sends.
"""

import asyncio
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import trustme
import uvloop

_START_SECONDS = 10


class _Taking(asyncio.Protocol):
    """Reads requests, and says of each that it was taken."""

    _read = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._read += data
        while (length := _length_of_request(self._read)) and length <= len(self._read):
            self._read = self._read[length:]
            self._transport.write(b"HTTP/1.1 204 No Content\r\n\r\n")  # type: ignore[attr-defined]


def _length_of_request(read: bytes) -> int:
    """Of the first request, head and body, or 0 while its head is not complete."""
    head, end, _ = read.partition(b"\r\n\r\n")
    if not end:
        return 0
    length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
    return len(head) + len(end) + int(length)


async def _serve(port: int, certificate: str, key: str) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(_Taking, "127.0.0.1", port, ssl=context, backlog=500)
    await server.serve_forever()


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
        command = [sys.executable, "-m", "bench.receiver", str(port), str(certificate), str(key)]
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


if __name__ == "__main__":
    uvloop.run(_serve(int(sys.argv[1]), *sys.argv[2:]))
