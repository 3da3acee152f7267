"""How large a document may be."""

from dataclasses import dataclass
from typing import Final

from app.domain.errors import BadInput
from app.graphql_engine.document_tokens import count_comments, count_tokens

MAX_CHARACTERS: Final = 100_000
MAX_TOKENS: Final = 2_000
MAX_COMMENTS: Final = 2_000
MAX_DEPTH: Final = 12
MAX_INTROSPECTION_DEPTH: Final = 20
MAX_ALIASES: Final = 30
MAX_DIRECTIVES: Final = 20
MAX_COST: Final = 5_000
MAX_INTROSPECTED: Final = 30_000

# Stands for every larger number: no one reads the 4,000 digits that nested lists can reach.
_UNCOUNTABLE: Final = 10**12


def check_text(text: str) -> None:
    """Raises BadInput for a text of more characters, tokens or comments than a document may have.

    It need not parse.
    """
    _refuse_above(MAX_CHARACTERS, len(text), "has {} characters")
    _refuse_above(MAX_TOKENS, count_tokens(text), "has {} tokens")
    _refuse_above(MAX_COMMENTS, count_comments(text), "has {} comments")


@dataclass(slots=True)
class DocumentSize:
    """How large an operation is, its fragments counted wherever they are spread.

    It varies when a page size stands in a variable. `introspected` is how many fields of what the
    schema says of itself are answered, its lists multiplied.
    """

    depth: int = 0
    introspection_depth: int = 0
    aliases: int = 0
    directives: int = 0
    cost: int = 0
    introspection_cost: int = 0
    introspected: int = 0
    varies: bool = False

    def check(self) -> None:
        """Raises BadInput that says which limit is passed, and by how much."""
        _refuse_above(MAX_DEPTH, self.depth, "is {} levels deep")
        _refuse_above(MAX_INTROSPECTION_DEPTH, self.introspection_depth, "introspects {} levels")
        _refuse_above(MAX_ALIASES, self.aliases, "has {} aliases")
        _refuse_above(MAX_DIRECTIVES, self.directives, "has {} directives")
        _refuse_above(MAX_COST, self.cost, "costs {}")
        _refuse_above(MAX_INTROSPECTED, self.introspected, "asks for {} fields of the schema")
        _refuse_above(MAX_COST, self.introspection_cost, "costs {} in introspection")


def capped(number: int) -> int:
    """Returns the number, or one that stands for all larger ones."""
    return min(number, _UNCOUNTABLE)


def _refuse_above(limit: int, found: int, what: str) -> None:
    if found <= limit:
        return
    number = f"{found:,}" if found < _UNCOUNTABLE else f"over {_UNCOUNTABLE:,}"
    raise BadInput(
        f"the document {what.format(number)}; at most {limit:,} is allowed, "
        f"which this passes by {found - limit:,}"
    )
