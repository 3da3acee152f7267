"""Why nothing could be sent, in words that a user understands."""

import errno
import ssl
from collections.abc import Iterator

import httpcore

_NO_HTTP = "the receiver's answer is not valid HTTP"
# Codes of OpenSSL's verification (X509_V_ERR_…).
_CERTIFICATES = {
    9: "the certificate is not yet valid",
    10: "certificate has expired",
    18: "the certificate is self-signed and not trusted",
    19: "the certificate is self-signed and not trusted",
    20: "the certificate's issuer is not trusted",
    21: "the certificate's issuer is not trusted",
    62: "the certificate is for another name",
    64: "the certificate is for another address",
}
_SYSTEM = {
    errno.ECONNREFUSED: "connection refused",
    errno.ECONNRESET: "connection reset",
    errno.EPIPE: "connection reset",
    errno.EHOSTUNREACH: "the host cannot be reached",
    errno.ENETUNREACH: "the network cannot be reached",
    errno.ETIMEDOUT: "the host does not answer",
}


def in_words(problem: BaseException) -> str:
    """A sentence for whatever is at the bottom of this."""
    if isinstance(problem, httpcore.RemoteProtocolError):
        # httpcore tells the two apart by its words alone.
        is_silent = "disconnected" in str(problem)
        return "the connection was closed without an answer" if is_silent else _NO_HTTP
    for cause in _causes(problem):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return _CERTIFICATES.get(cause.verify_code, "the certificate is not trusted")
        if isinstance(cause, ssl.SSLError):
            return "TLS could not be agreed on"
        if isinstance(cause, OSError) and cause.errno in _SYSTEM:
            return _SYSTEM[cause.errno]
    return "connection reset"


def _causes(problem: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    waiting: list[BaseException | None] = [problem]
    while waiting:
        cause = waiting.pop()
        if cause is None or id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        waiting += [cause.__context__, cause.__cause__]
        if isinstance(cause, BaseExceptionGroup):
            waiting += cause.exceptions
        waiting += [one for one in cause.args if isinstance(one, BaseException)]
