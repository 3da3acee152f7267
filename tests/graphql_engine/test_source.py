"""Places in a text are those that the library finds."""

from graphql import Source
from hypothesis import given
from hypothesis import strategies as st

from app.graphql_engine.source import Document


@given(st.text("a\n\r ", max_size=12))
def test_every_position_has_the_library_s_line_and_column(text: str) -> None:
    ours, theirs = Document(text), Source(text)
    for position in range(len(text) + 1):
        assert ours.get_location(position) == theirs.get_location(position)
