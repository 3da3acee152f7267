"""Which addresses a webhook may have."""

from urllib.parse import urlsplit


def webhook_url_problem(url: str) -> str | None:
    """What is wrong with a webhook's URL, as a sentence that follows its name, or None."""
    return None if urlsplit(url).scheme == "https" else "must use https"
