"""Which of its two media types a GraphQL answer has (GraphQL over HTTP, 6.4)."""

from typing import Final

JSON: Final = "application/json"
GRAPHQL: Final = "application/graphql-response+json"
_WILDCARDS: Final = frozenset({"application/*", "*/*"})


def response_media_type(accept: str) -> str:
    """What the caller likes best of the two; `application/json` for who does not say."""
    return _best_liked(accept) or JSON


def is_answer_accepted(accept: str) -> bool:
    """Whether the caller takes either of the two, or does not say."""
    return not accept or _best_liked(accept) is not None


def _best_liked(accept: str) -> str | None:
    best, best_weight = None, 0.0
    for part in accept.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        kind = JSON if name in _WILDCARDS else name
        weight = _weight(parameters)
        # A name weighs more than a wildcard of the same quality, and of equals the first counts.
        if name in _WILDCARDS:
            weight -= 0.0001
        if kind in (JSON, GRAPHQL) and weight > best_weight:
            best, best_weight = kind, weight
    return best


def accepted_types(accept: str) -> list[tuple[str, dict[str, str]]]:
    """Every media type that is named and not refused, with its parameters, all in lower case."""
    found = []
    for part in accept.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        if _weight(parameters) > 0:
            pairs = (parameter.partition("=") for parameter in parameters)
            found.append((name, {key.strip(): value.strip(" \"'") for key, _, value in pairs}))
    return found


def _weight(parameters: list[str]) -> float:
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return float(parameter[2:])
            except ValueError:
                return 0.0
    return 1.0
