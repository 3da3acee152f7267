"""Operations that are ours: read once, at start, and carried out without being read again."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLEnumType,
    GraphQLObjectType,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    get_named_type,
    parse,
    validate,
)

from app.domain.errors import Internal, ZenModeError
from app.schema.context import Context
from app.schema.document import Operation
from app.schema.execution import Execution
from app.schema.root import schema

Words = Mapping[str, Any]
"""For each selected field that holds enums, their names and the words of the domain; for each
that has fields of its own, the same of those."""

_execution = Execution(schema)


@dataclass(frozen=True, slots=True)
class Prepared:
    """An operation of ours, and how its enums are called in the domain."""

    operation: Operation
    words: Words


def prepare(text: str) -> Prepared:
    """Read a document with one operation. Raises ValueError for one that is not valid."""
    document = parse(text, no_location=True)
    if errors := validate(schema._schema, document):
        raise ValueError(errors[0].message)
    fragments = {
        one.name.value: one
        for one in document.definitions
        if isinstance(one, FragmentDefinitionNode)
    }
    node = next(one for one in document.definitions if isinstance(one, OperationDefinitionNode))
    root = schema._schema.get_root_type(node.operation)
    assert root is not None
    return Prepared(_operation(document, node), _Reader(fragments).words(root, node.selection_set))


async def carry_out(
    prepared: Prepared, variables: dict[str, Any], context: Context
) -> dict[str, Any]:
    """The answer's data, enums by the domain's words.

    Raises the ZenModeError that a resolver raised; anything else comes as Internal.
    """
    result = await _execution.run(prepared.operation, variables, context)
    if result.errors:
        original = result.errors[0].original_error
        if isinstance(original, ZenModeError):
            raise original
        raise Internal("something went wrong on our side") from (original or result.errors[0])
    data: dict[str, Any] = result.data or {}
    return _in_words(data, prepared.words)


def _operation(document: DocumentNode, node: OperationDefinitionNode) -> Operation:
    is_mutation = node.operation is OperationType.MUTATION
    count = len(node.selection_set.selections) if is_mutation else 1
    return Operation(document, node, request_count=count, introspects=False)


class _Reader:
    """Finds the enums among the fields that a document selects."""

    def __init__(self, fragments: Mapping[str, FragmentDefinitionNode]) -> None:
        self._fragments = fragments

    def words(self, owner: GraphQLObjectType, selected: SelectionSetNode | None) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for one in selected.selections if selected else ():
            if isinstance(one, FragmentSpreadNode):
                inside = self._fragments[one.name.value].selection_set
                found |= self.words(owner, inside)
            elif isinstance(one, FieldNode) and (words := self._words_of(owner, one)):
                found[one.alias.value if one.alias else one.name.value] = words
        return found

    def _words_of(self, owner: GraphQLObjectType, field: FieldNode) -> dict[str, Any]:
        kind = get_named_type(owner.fields[field.name.value].type)
        if isinstance(kind, GraphQLEnumType):
            return {name: _word(value.value) for name, value in kind.values.items()}
        if isinstance(kind, GraphQLObjectType):
            return self.words(kind, field.selection_set)
        return {}


def _word(value: object) -> object:
    return value.value if isinstance(value, Enum) else value


def _in_words(data: dict[str, Any], words: Words) -> dict[str, Any]:
    for name, known in words.items():
        if name in data:
            data[name] = _told(data[name], known)
    return data


def _told(value: Any, known: Words) -> Any:
    if isinstance(value, str):
        return known[value]
    if isinstance(value, list):
        return [_told(one, known) for one in value]
    return _in_words(value, known) if isinstance(value, dict) else value
