"""Counting the lexical tokens of a document before anything else looks at it."""

import re
from typing import Final

# One match for each lexical token and each comment. What is left open ends with the text or the
# line, so that no text is read twice.
_TOKEN: Final = re.compile(
    r"""
    \"{3} (?> [^"\\]+ | \\"{3} | \\ | "{1,2}(?!") )*+ (?: "{3} | \Z )  # block string
    | " (?> [^"\\\n\r]+ | \\. )*+ "?  # string
    | -?\d+ (?: \.\d+ )? (?: [eE][+-]?\d+ )?  # number
    | \w+ | \.{3} | [!$&()\[\]{}:=@|]
    | (\#[^\n\r]*)  # comment, the one group
    """,
    re.ASCII | re.VERBOSE,
)


def count_tokens(text: str) -> int:
    """How many lexical tokens a text has, comments and commas not counted (GraphQL, 2.1.6).

    Takes time in proportion to the text, whether it can be parsed or not.
    """
    return _TOKEN.findall(text).count("")


def count_comments(text: str) -> int:
    """How many comments a text has; the parser stops at each, though they are no tokens.

    Takes time in proportion to the text.
    """
    if "#" not in text:
        return 0
    found = _TOKEN.findall(text)
    return len(found) - found.count("")
