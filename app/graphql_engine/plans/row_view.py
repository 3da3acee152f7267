"""Objects whose fields are the columns of a row, without a copy of each."""

from typing import Any, ClassVar


class RowView:
    """A GraphQL object that shows `row`, a named tuple; plans read the columns from the tuple.

    `columns` are the names of all columns, in order.
    """

    columns: ClassVar[tuple[str, ...]]
    row: Any

    def __getattr__(self, name: str) -> Any:
        """graphql-core reads the object's attributes."""
        if name not in self.columns:
            raise AttributeError(name)
        return getattr(self.row, name)
