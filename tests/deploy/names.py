"""A name server that knows one name, as Docker's knows a service by its containers."""

import socket
import struct
import threading

_HEADER = struct.Struct(">6H")
_IS_ANSWER = 0x8580
_ADDRESS, _INTERNET = 1, 1
_TTL_SECONDS = 1


class NameServer:
    """Answers on UDP, in a thread, with whatever is in `addresses` at the moment."""

    def __init__(self, host: str, addresses: list[str]) -> None:
        self.addresses = addresses
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((host, 0))
        self.address = f"{host}:{self._socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        # A datagram without a question ends the thread; closing alone would not wake it.
        host, _, port = self.address.partition(":")
        self._socket.sendto(b"", (host, int(port)))
        self._thread.join()
        self._socket.close()

    def _serve(self) -> None:
        while True:
            asked, who = self._socket.recvfrom(512)
            if not asked:
                return
            self._socket.sendto(self._answer(asked), who)

    def _answer(self, asked: bytes) -> bytes:
        number = _HEADER.unpack_from(asked)[0]
        end = asked.index(b"\0", _HEADER.size) + 5
        (kind,) = struct.unpack_from(">H", asked, end - 4)
        found = self.addresses if kind == _ADDRESS else []
        records = b"".join(
            # A pointer to the name in the question, then the record (RFC 1035, 4.1.3).
            struct.pack(">3HIH", 0xC00C, _ADDRESS, _INTERNET, _TTL_SECONDS, 4)
            + socket.inet_aton(one)
            for one in found
        )
        header = _HEADER.pack(number, _IS_ANSWER, 1, len(found), 0, 0)
        return header + asked[_HEADER.size : end] + records
