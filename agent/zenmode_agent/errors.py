"""The ways in which a request to the server can fail, and wrong options."""

LONGEST_RETRY_AFTER_SECONDS = 600.0
SUBSCRIPTION_SECONDS = 60.0


class Unreachable(Exception):
    """No response of the server, or one that may differ next time.

    Whether the server acted is unknown: ask again.
    """

    def __init__(self, message: str, retry_after_seconds: float = 0.0) -> None:
        super().__init__(message)
        self.retry_after_seconds = min(retry_after_seconds, LONGEST_RETRY_AFTER_SECONDS)


class SubscriptionEnded(Unreachable):
    """The workspace has no active subscription at the moment; ask again in a minute."""

    def __init__(self, message: str) -> None:
        super().__init__(f"{message}; no task runs until it has one", SUBSCRIPTION_SECONDS)


class Refused(Exception):
    """The server understood the request and refused it; `code` is `extensions.code`."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{message} ({code})")
        self.code = code


class TokenRefused(Refused):
    """The server itself says that the token is wrong, revoked, or not an agent's."""

    def __str__(self) -> str:
        return f"the server refused the agent's token: {super().__str__()}"


class WrongOption(ValueError):
    """An option that cannot be right; found before a request is sent."""


class BadServerUrl(WrongOption):
    """The server's URL is not `http(s)://host…`."""
