"""Walks through the selections of a document."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeGuard

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


def response_names(operation: OperationDefinitionNode, fragments: Fragments) -> set[str]:
    """The names under which an operation's root fields are answered."""
    names: set[str] = set()
    seen: set[str] = set()
    waiting = [operation.selection_set]
    while waiting:
        for selection in waiting.pop().selections:
            if isinstance(selection, FieldNode):
                names.add((selection.alias or selection.name).value)
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
    """The document with plain fields that stand twice in one selection left standing once.

    It means the same. GraphQL's rule on fields that overlap compares all with all, and gives up
    on what a document of a thousand equal names makes of that.
    """
    kept: DocumentNode = visit(document, _RepeatRemover())
    return kept


class _RepeatRemover(Visitor):
    def leave_selection_set(self, node: SelectionSetNode, *_: Any) -> SelectionSetNode | None:
        kept: list[SelectionNode] = []
        plain: set[str] = set()
        for selection in node.selections:
            if _is_plain(selection):
                if selection.name.value in plain:
                    continue
                plain.add(selection.name.value)
            kept.append(selection)
        return None if len(kept) == len(node.selections) else replace(node, selections=tuple(kept))


def _is_plain(selection: SelectionNode) -> TypeGuard[FieldNode]:
    return isinstance(selection, FieldNode) and not (
        selection.alias or selection.arguments or selection.directives or selection.selection_set
    )
