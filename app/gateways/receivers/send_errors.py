"""Why nothing could be sent, in words that a user understands."""

import errno
import ssl
from urllib.parse import urljoin

from app.gateways.receivers.receiver_connection import NoAnswerError
from app.gateways.receivers.receiver_response import NotHttpError, TooMuchAnsweredError
from app.gateways.receivers.resolver import NotAskedError, RefusedAddressError, UnresolvedError

_OURS: dict[type[BaseException], str] = {
    NoAnswerError: "the connection was closed without an answer",
    NotHttpError: "the receiver's answer is not valid HTTP",
    TooMuchAnsweredError: "the receiver's answer is far too long",
    RefusedAddressError: "the address cannot be reached",
    UnresolvedError: "the host name does not resolve",
    NotAskedError: "the host name could not be looked up",
}
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
_SYSTEM: dict[int | None, str] = {
    errno.ECONNREFUSED: "connection refused",
    errno.ECONNRESET: "connection reset",
    errno.EPIPE: "connection reset",
    errno.EHOSTUNREACH: "the host cannot be reached",
    errno.ENETUNREACH: "the network cannot be reached",
    errno.ETIMEDOUT: "the host does not answer",
}
_LONGEST_LOCATION = 300


def redirect_in_words(url: str, location: bytes | None) -> str:
    """A sentence for an answer that leads elsewhere: to where, if the receiver says so."""
    words = "redirects are not followed"
    if location is None:
        return words
    text = location[:_LONGEST_LOCATION].decode("utf-8", "replace").strip()
    try:
        target = urljoin(url, text)
    except ValueError:
        target = text
    readable = "".join(char if char.isprintable() else "\ufffd" for char in target)
    return f"{words}; the receiver leads to {readable}"


def describe(problem: BaseException) -> str:
    """A sentence for what went wrong."""
    if type(problem) in _OURS:
        return _OURS[type(problem)]
    if isinstance(problem, ssl.SSLCertVerificationError):
        return _CERTIFICATES.get(problem.verify_code, "the certificate is not trusted")
    if isinstance(problem, ssl.SSLError):
        return "TLS could not be agreed on"
    number = problem.errno if isinstance(problem, OSError) else None
    return _SYSTEM.get(number, "connection reset")
