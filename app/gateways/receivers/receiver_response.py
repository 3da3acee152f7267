"""Reading what a receiver answers: HTTP/1.1, up to what is kept of it."""

from email.utils import parsedate_to_datetime
from time import time

from httptools import HttpParserError, HttpResponseParser

MOST_BYTES = 64 * 1024
"""Of one answer: what came before its final status, its headers and its body."""

_WANTED = (b"retry-after", b"location")
_SWITCHING_PROTOCOLS = 101
_FIRST_STATUS, _FIRST_FINAL_STATUS = 100, 200


class NotHttpError(Exception):
    """What came back is no answer."""


class TooMuchAnsweredError(Exception):
    """The response is longer than what is read, and still has no status."""


class ReceiverAnswer:
    """What is known of an answer so far; `read` takes what comes in.

    `status_code` is there once the final head is complete, with it `retry_after_seconds` and
    `location`, both as the receiver chose to write them.
    """

    def __init__(self) -> None:
        self.status_code: int | None = None
        self.retry_after_seconds: float | None = None
        self.location: bytes | None = None
        self.body = bytearray()
        self.is_complete = False
        self.may_be_followed = False
        self.bytes_read = 0
        self._head: dict[bytes, bytes] = {}
        self._parser = HttpResponseParser(self)

    def read(self, data: bytes) -> None:
        """Take the next bytes. Raises NotHttpError or TooMuchAnsweredError, without a status only.

        With a status the answer counts whatever follows, and what makes no sense ends it.
        """
        taken = data[: MOST_BYTES - self.bytes_read]
        self.bytes_read += len(data)
        try:
            self._parser.feed_data(taken)
        except HttpParserError as error:
            self.may_be_followed = False
            if self.status_code is None:
                raise NotHttpError from error
            self.is_complete = True
        if self.bytes_read >= MOST_BYTES and not self.is_complete:
            if self.status_code is None:
                raise TooMuchAnsweredError
            self.is_complete = True

    def on_message_begin(self) -> None:
        """Called by the parser; after the answer, nothing more was requested."""
        self.may_be_followed = False

    def on_header(self, name: bytes, value: bytes) -> None:
        """Called by the parser for each header; those of a 1xx are as good as none."""
        if self.status_code is None and (known := name.lower()) in _WANTED:
            self._head[known] = value

    def on_headers_complete(self) -> None:
        """Called by the parser; a 1xx is not the answer yet (RFC 9110, 15.2)."""
        status_code = self._parser.get_status_code()
        if status_code < _FIRST_STATUS or status_code == _SWITCHING_PROTOCOLS:
            raise NotHttpError
        head, self._head = self._head, {}
        if status_code >= _FIRST_FINAL_STATUS and self.status_code is None:
            self.status_code = status_code
            self.location = head.get(b"location")
            if (retry_after := head.get(b"retry-after")) is not None:
                self.retry_after_seconds = _seconds_wished(retry_after.decode("latin-1").strip())

    def on_body(self, part: bytes) -> None:
        """Called by the parser; never unpacked."""
        if not self.is_complete:
            self.body += part

    def on_message_complete(self) -> None:
        """Called by the parser."""
        if self.status_code is not None and not self.is_complete:
            self.is_complete = True
            self.may_be_followed = self._parser.should_keep_alive()


def _seconds_wished(text: str) -> float | None:
    """A wait in seconds: a number or a date (RFC 9110, 10.2.3)."""
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time())
    except (ValueError, OverflowError):
        return None
