"""What a GraphQL document may cost, measured before anything of it runs.

The measure takes time linear in the document's length: every fragment is walked once and what it
adds is remembered, so fragments that spread each other twice, thirty deep, cost no more than their
text. It holds for documents that are not valid too, since it comes before validation.

A field costs 1. What stands below a connection counts `first` times, below a list as many times as
the list can be long. `__schema` and `__type` are measured apart, and their lists not multiplied,
so that tools can ask for the schema; what comes of it has a limit of its own, as they need all of
the schema once, and not under thirty names.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from graphql import (
    ExecutableDefinitionNode,
    FieldNode,
    FragmentSpreadNode,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    ValueNode,
    VariableNode,
)

from app.graphql_engine.document_limits import DocumentSize, capped
from app.graphql_engine.field_rules import PAGE_SIZE, FieldRule, field_rules, introspection_rules
from app.graphql_engine.selections import Fragments

_INTROSPECTION_FIELDS: Final = frozenset({"__schema", "__type"})


@dataclass(frozen=True, slots=True)
class _Visit:
    """A selection set yet to be read, and where it stands.

    It is answered `times` times; with what the schema says of itself, `listed` times.
    """

    selections: SelectionSetNode
    type_name: str
    times: int
    depth: int
    introspects: bool
    listed: int


@dataclass(frozen=True, slots=True)
class _Spread:
    """A fragment's name, and where it was spread."""

    name: str
    visit: _Visit


@dataclass(slots=True)
class _Part:
    """One operation or fragment alone: its own size, and the fragments it spreads."""

    size: DocumentSize = field(default_factory=DocumentSize)
    spreads: list[_Spread] = field(default_factory=list)


class CostAnalyzer:
    """Measures documents against one schema. Made once; holds nothing of any document."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._roots = {
            kind: root.name
            for kind in OperationType
            if (root := schema.get_root_type(kind)) is not None
        }
        self._rules = {**field_rules(schema), **introspection_rules(schema)}

    def measure(
        self,
        operation: OperationDefinitionNode,
        fragments: Fragments,
        variables: Mapping[str, object],
    ) -> DocumentSize:
        """The size of an operation, with its document's fragments and the variables as sent."""
        values = _firsts(operation, variables)
        root = self._read(operation, self._roots.get(operation.operation, ""), values)
        parts: dict[str, _Part] = {}
        waiting = [spread.name for spread in root.spreads]
        while waiting:
            name = waiting.pop()
            if name in fragments and name not in parts:
                one = fragments[name]
                parts[name] = self._read(one, one.type_condition.name.value, values)
                waiting.extend(spread.name for spread in parts[name].spreads)
        return _sum_up(root, parts)

    def _read(
        self, definition: ExecutableDefinitionNode, type_name: str, values: Mapping[str, int]
    ) -> _Part:
        part = _Part()
        part.size.directives += len(definition.directives or ())
        for variable in definition.variable_definitions or ():
            part.size.directives += len(variable.directives or ())
        waiting = [_Visit(definition.selection_set, type_name, 1, 1, False, 1)]
        while waiting:
            visit = waiting.pop()
            for selection in visit.selections.selections:
                part.size.directives += len(selection.directives or ())
                if isinstance(selection, FieldNode):
                    waiting.extend(self._read_field(part.size, selection, visit, values))
                elif isinstance(selection, InlineFragmentNode):
                    waiting.append(_inside(selection, visit))
                elif isinstance(selection, FragmentSpreadNode):
                    part.spreads.append(_Spread(selection.name.value, visit))
        return part

    def _read_field(
        self, size: DocumentSize, node: FieldNode, visit: _Visit, values: Mapping[str, int]
    ) -> Iterator[_Visit]:
        name = node.name.value
        introspects = visit.introspects or name in _INTROSPECTION_FIELDS
        size.aliases += node.alias is not None
        _add(size, visit.depth, visit.times, introspects=introspects)
        if node.selection_set is None:
            return
        rule = self._rules.get(("" if name in _INTROSPECTION_FIELDS else visit.type_name, name))
        describes = introspects or visit.type_name.startswith("__")
        if describes:
            size.introspected = capped(size.introspected + visit.listed)
        type_name = rule.type_name if rule else ""
        times = 1
        if rule and not describes:
            page_size = _page_size(node)
            size.varies |= rule.is_connection and isinstance(page_size, VariableNode)
            times = _times(rule, page_size, values)
        listed = visit.listed * rule.length if rule and type_name.startswith("__") else 1
        yield _Visit(
            node.selection_set, type_name, visit.times * times, visit.depth + 1, introspects, listed
        )


def _sum_up(root: _Part, parts: Mapping[str, _Part]) -> DocumentSize:
    """The root's size with every fragment's added where it is spread, each worked out once.

    A spread that closes a cycle adds nothing: validation refuses such a document.
    """
    done: dict[str, DocumentSize] = {}
    for name in _inner_first(root, parts):
        done[name] = _with_spreads(parts[name], done)
    return _with_spreads(root, done)


def _inner_first(root: _Part, parts: Mapping[str, _Part]) -> list[str]:
    order: list[str] = []
    begun: set[str] = set()
    path: list[tuple[str, Iterator[_Spread]]] = [("", iter(root.spreads))]
    while path:
        name, spreads = path[-1]
        following = next((one.name for one in spreads if one.name not in begun), None)
        if following is None:
            path.pop()
            order.append(name)
        elif following in parts:
            begun.add(following)
            path.append((following, iter(parts[following].spreads)))
    return order[:-1]


def _with_spreads(part: _Part, done: Mapping[str, DocumentSize]) -> DocumentSize:
    size = part.size
    for spread in part.spreads:
        inner = done.get(spread.name)
        if inner is None:
            continue
        visit = spread.visit
        above = visit.depth - 1
        size.varies |= inner.varies
        size.aliases = capped(size.aliases + inner.aliases)
        size.directives = capped(size.directives + inner.directives)
        size.introspected = capped(size.introspected + visit.listed * inner.introspected)
        _add(size, above + inner.depth, visit.times * inner.cost, introspects=visit.introspects)
        _add(
            size,
            above + inner.introspection_depth if inner.introspection_depth else 0,
            visit.times * inner.introspection_cost,
            introspects=True,
        )
    return size


def _add(size: DocumentSize, depth: int, cost: int, *, introspects: bool) -> None:
    if introspects:
        size.introspection_depth = max(size.introspection_depth, depth)
        size.introspection_cost = capped(size.introspection_cost + cost)
    else:
        size.depth = max(size.depth, depth)
        size.cost = capped(size.cost + cost)


def _inside(node: InlineFragmentNode, visit: _Visit) -> _Visit:
    named = node.type_condition
    type_name = named.name.value if named else visit.type_name
    return replace(visit, selections=node.selection_set, type_name=type_name)


def _page_size(node: FieldNode) -> ValueNode | None:
    for argument in node.arguments or ():
        if argument.name.value == PAGE_SIZE:
            return argument.value
    return None


def _times(rule: FieldRule, page_size: ValueNode | None, values: Mapping[str, int]) -> int:
    if not rule.is_connection:
        return rule.length
    if isinstance(page_size, VariableNode):
        return values.get(page_size.name.value, rule.default_first)
    return _whole(page_size) if isinstance(page_size, IntValueNode) else rule.default_first


def _whole(value: IntValueNode) -> int:
    # What is out of bounds is refused later on; a thousand digits are not read.
    return max(int(value.value[:15]), 1)


def _firsts(
    operation: OperationDefinitionNode, variables: Mapping[str, object]
) -> Mapping[str, int]:
    """The variables of an operation that are whole numbers, at least 1 each, defaults included."""
    values: dict[str, int] = {}
    for definition in operation.variable_definitions or ():
        name = definition.variable.name.value
        sent = variables.get(name)
        if isinstance(sent, int):
            values[name] = max(sent, 1)
        elif name not in variables and isinstance(definition.default_value, IntValueNode):
            values[name] = _whole(definition.default_value)
    return values
