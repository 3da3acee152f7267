"""Which fields a document selects, once it is known what its conditions say."""

from collections.abc import Iterable, Mapping

from graphql import (
    BooleanValueNode,
    DirectiveNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    SelectionNode,
    SelectionSetNode,
    VariableNode,
    is_abstract_type,
)

from app.graphql_engine.plans.unplanned import FallbackToGraphQLCore
from app.graphql_engine.selections import Fragments

Nodes = list[FieldNode]


class Selection:
    """Collects fields as the GraphQL specification does (section 6.3.2).

    `conditions` are the variables that stand in @skip and @include.
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: Fragments,
        conditions: Mapping[str, bool],
    ) -> None:
        self._schema = schema
        self._fragments = fragments
        self._conditions = conditions

    def fields(
        self, owner: GraphQLObjectType, selected: Iterable[SelectionSetNode | None]
    ) -> dict[str, Nodes]:
        """The fields of an object, by the name that each is answered under."""
        found: dict[str, Nodes] = {}
        spread: set[str] = set()
        for one in selected:
            if one is not None:
                self._collect(owner, one, found, spread)
        return found

    def _collect(
        self,
        owner: GraphQLObjectType,
        selected: SelectionSetNode,
        found: dict[str, Nodes],
        spread: set[str],
    ) -> None:
        for one in selected.selections:
            if not self._is_wanted(one):
                continue
            if isinstance(one, FieldNode):
                found.setdefault((one.alias or one.name).value, []).append(one)
                continue
            inside = self._inside(one, owner, spread)
            if inside is not None:
                self._collect(owner, inside, found, spread)

    def _inside(
        self, one: SelectionNode, owner: GraphQLObjectType, spread: set[str]
    ) -> SelectionSetNode | None:
        fragment: FragmentDefinitionNode | InlineFragmentNode
        if isinstance(one, FragmentSpreadNode):
            if one.name.value in spread:
                return None
            spread.add(one.name.value)
            fragment = self._fragments[one.name.value]
        else:
            assert isinstance(one, InlineFragmentNode)
            fragment = one
        condition = fragment.type_condition
        if condition is not None and not self._is_a(owner, condition.name.value):
            return None
        return fragment.selection_set

    def _is_a(self, owner: GraphQLObjectType, name: str) -> bool:
        kind = self._schema.type_map[name]
        return kind is owner or (is_abstract_type(kind) and self._schema.is_sub_type(kind, owner))

    def _is_wanted(self, one: SelectionNode) -> bool:
        return all(self._holds(directive) for directive in one.directives or ())

    def _holds(self, directive: DirectiveNode) -> bool:
        said = self._said(directive)
        if directive.name.value == "include":
            return said
        if directive.name.value == "skip":
            return not said
        raise FallbackToGraphQLCore

    def _said(self, directive: DirectiveNode) -> bool:
        value = directive.arguments[0].value if directive.arguments else None
        if isinstance(value, BooleanValueNode):
            return value.value
        if isinstance(value, VariableNode):
            return self._conditions[value.name.value]
        raise FallbackToGraphQLCore
