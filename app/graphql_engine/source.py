"""The text of a document, in which places are found quickly."""

import re
from bisect import bisect_left
from functools import cached_property
from typing import Final

from graphql import Source, SourceLocation

_LINE_END: Final = re.compile(r"\r\n|[\n\r]")


class Document(Source):
    """A text that is searched for the ends of its lines once, not once for each error."""

    @cached_property
    def _line_ends(self) -> tuple[list[int], list[int]]:
        found = list(_LINE_END.finditer(self.body))
        return [one.start() for one in found], [one.end() for one in found]

    def get_location(self, position: int) -> SourceLocation:
        """The line and the column of a position, both counted from 1."""
        ends, starts = self._line_ends
        line = bisect_left(ends, position)
        return SourceLocation(line + 1, position + 1 - (starts[line - 1] if line else 0))
