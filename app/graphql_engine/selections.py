"""Walks through the selections of a document."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    Visitor,
    print_ast,
    visit,
)

Fragments = Mapping[str, FragmentDefinitionNode]


def reachable_selections(top: SelectionSetNode, fragments: Fragments) -> Iterator[SelectionNode]:
    """Every selection below `top`, at any depth, those of each fragment once."""
    seen: set[str] = set()
    waiting = [top]
    while waiting:
        for selection in waiting.pop().selections:
            yield selection
            if isinstance(selection, FragmentSpreadNode):
                waiting.extend(_unseen(selection, fragments, seen))
            elif isinstance(selection, FieldNode | InlineFragmentNode) and selection.selection_set:
                waiting.append(selection.selection_set)


def root_fields(operation: OperationDefinitionNode, fragments: Fragments) -> dict[str, str]:
    """An operation's root fields, each by the name under which it is answered."""
    names: dict[str, str] = {}
    seen: set[str] = set()
    waiting = [operation.selection_set]
    while waiting:
        for selection in waiting.pop().selections:
            if isinstance(selection, FieldNode):
                names[(selection.alias or selection.name).value] = selection.name.value
            elif isinstance(selection, FragmentSpreadNode):
                waiting.extend(_unseen(selection, fragments, seen))
            elif isinstance(selection, InlineFragmentNode):
                waiting.append(selection.selection_set)
    return names


def _unseen(
    spread: FragmentSpreadNode, fragments: Fragments, seen: set[str]
) -> Iterator[SelectionSetNode]:
    name = spread.name.value
    if name in fragments and name not in seen:
        seen.add(name)
        yield fragments[name].selection_set


def without_repeats(document: DocumentNode) -> DocumentNode:
    """Returns the document without the repetitions within one selection.

    It means the same. GraphQL's rule on fields that overlap compares all with all, and gives up
    on what a document of a thousand equal selections makes of that.
    """
    kept: DocumentNode = visit(document, _RepeatRemover())
    return kept


class _RepeatRemover(Visitor):
    """Gives each distinct selection set a number, so that none is compared as a whole."""

    def __init__(self) -> None:
        super().__init__()
        self._numbers: dict[frozenset[str], int] = {}
        self._number_of: dict[int, int] = {}
        self._nodes: list[SelectionSetNode] = []

    def leave_selection_set(self, node: SelectionSetNode, *_: Any) -> SelectionSetNode | None:
        found: dict[str, SelectionNode] = {}
        for one in node.selections:
            found.setdefault(self._key(one), one)
        kept = tuple(found.values())
        result = node if len(kept) == len(node.selections) else replace(node, selections=kept)
        # The nodes live as long as this walk does: no other has the place of one in memory.
        number = self._numbers.setdefault(frozenset(found), len(self._numbers))
        self._number_of[id(result)] = number
        self._nodes.append(result)
        return None if result is node else result

    def _key(self, one: SelectionNode) -> str:
        """Equal for selections that say the same."""
        if isinstance(one, FieldNode) and _is_bare(one):
            return one.name.value
        if isinstance(one, FieldNode | InlineFragmentNode) and one.selection_set is not None:
            number = self._number_of[id(one.selection_set)]
            return f"{print_ast(replace(one, selection_set=_EMPTY))}{number}"
        return print_ast(one)


def _is_bare(field: FieldNode) -> bool:
    """Whether a field is its name and nothing else, as most are: then nothing has to be printed."""
    return not (field.alias or field.arguments or field.directives or field.selection_set)


_EMPTY: Final = SelectionSetNode(selections=())
