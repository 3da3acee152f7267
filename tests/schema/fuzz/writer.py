"""Documents and variables at random, most of them valid, for any schema."""

import json
from dataclasses import dataclass, field
from random import Random
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    get_named_type,
    is_leaf_type,
    is_required_argument,
    is_required_input_field,
)

DEPTH = 5
ODD = 0.004
"""How often a value, a name or an argument is not what should stand there."""

_ODD_LITERALS = (
    "null", "1", "-1", "1.5", "1e999", "99999999999", "9" * 25, "true", '"text"', "CONNECT", "[]",
    "{}", "[[1]]", "{a: 1}", '"\\u0000"', "NOPE", "[null]",
)  # fmt: skip
_ODD_VALUES: tuple[Any, ...] = (
    None, 1, -1, 1.0, 1.5, 2**40, True, "text", "CONNECT", [], {}, [[1]], {"a": 1}, [None], "",
)  # fmt: skip
_JSON: tuple[Any, ...] = (
    None, {}, [], {"a": 1}, {"a": {"b": [1, 2.5, None, True, "é"]}}, "text", 0, -0.0, 1e300,
    2**63 - 1, [[[]]], {"success": True, "n": 1.0},
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Written:
    """An operation, ready to be asked."""

    text: str
    variables: dict[str, Any]


@dataclass(slots=True)
class _Draft:
    """What the operation under way needs besides its selections."""

    declared: list[str] = field(default_factory=list)
    variables: dict[str, Any] = field(default_factory=dict)
    fragments: list[str] = field(default_factory=list)


class Writer:
    """Writes one operation after the other. `words` are values that mean something, by type."""

    def __init__(
        self,
        schema: GraphQLSchema,
        random: Random,
        words: dict[str, list[Any]],
        left_out: frozenset[str] = frozenset(),
    ) -> None:
        self._schema = schema
        self._random = random
        self._words = words
        self._left_out = left_out
        self._draft = _Draft()

    def operation(self) -> Written:
        """The next operation."""
        self._draft = _Draft()
        is_mutation = self._maybe(0.2)
        root = self._schema.mutation_type if is_mutation else self._schema.query_type
        assert root is not None
        selected = self._selections(root, DEPTH, self._random.choice((1, 1, 1, 2, 3)))
        declared = f"({', '.join(self._draft.declared)})" if self._draft.declared else ""
        name = "Q" if declared or is_mutation or self._maybe(0.3) else ""
        kind = ("mutation " if is_mutation else "query ") if name else ""
        text = " ".join([f"{kind}{name}{declared}{selected}", *self._draft.fragments])
        return Written(text, self._draft.variables)

    def _maybe(self, share: float) -> bool:
        return self._random.random() < share

    def _selections(self, type_: GraphQLNamedType, depth: int, count: int) -> str:
        assert isinstance(type_, GraphQLObjectType | GraphQLInterfaceType)
        names = [name for name, spec in type_.fields.items() if self._fits(name, spec, depth)]
        chosen = [self._random.choice(names) for _ in range(count)] if names else []
        parts = [self._wrapped(type_, self._field(type_, name, depth), depth) for name in chosen]
        if not parts or self._maybe(0.2):
            parts.append("__typename")
        if isinstance(type_, GraphQLInterfaceType) or self._maybe(ODD):
            parts.append(self._on_some_type(type_, depth))
        if self._maybe(0.05):
            parts.append(parts[0])
        if self._maybe(ODD):
            parts.append(self._random.choice(("nope", "...Nope", "id: __typename", "a { b }")))
        return "{" + " ".join(parts) + "}"

    def _fits(self, name: str, spec: GraphQLField, depth: int) -> bool:
        return name not in self._left_out and (depth > 1 or is_leaf_type(get_named_type(spec.type)))

    def _on_some_type(self, type_: GraphQLNamedType, depth: int) -> str:
        if isinstance(type_, GraphQLInterfaceType):
            possible: list[GraphQLNamedType] = list(self._schema.get_possible_types(type_))
        else:
            possible = [one for one in self._schema.type_map.values() if _is_shown(one)]
        chosen = self._random.choice(possible)
        return f"... on {chosen.name} {self._selections(chosen, depth - 1, 2)}"

    def _field(self, type_: GraphQLObjectType | GraphQLInterfaceType, name: str, depth: int) -> str:
        spec = type_.fields[name]
        sent = [
            f"{argument}: {self._literal(of.type, of)}"
            for argument, of in spec.args.items()
            if is_required_argument(of) != self._maybe(ODD) or self._maybe(0.4)
        ]
        if self._maybe(ODD):
            sent.append("nope: 1")
        alias = f"{self._random.choice('abcdefgh')}{self._random.randrange(99)}: "
        shown = f"({', '.join(sent)})" if sent else ""
        inner = get_named_type(spec.type)
        below = "" if is_leaf_type(inner) != self._maybe(ODD / 4) else self._below(spec.type, depth)
        return f"{alias if sent or self._maybe(0.3) else ''}{name}{shown}{self._condition()}{below}"

    def _below(self, type_: GraphQLOutputType, depth: int) -> str:
        inner = get_named_type(type_)
        if is_leaf_type(inner):
            return "{a}"
        return self._selections(inner, depth - 1, self._random.randrange(1, 5))

    def _wrapped(self, type_: GraphQLNamedType, selected: str, depth: int) -> str:
        """The selection as it is, or in a fragment of one kind or the other."""
        if self._maybe(0.85):
            return selected
        condition = self._condition()
        if self._maybe(0.5):
            on = f" on {type_.name}" if self._maybe(0.5) else ""
            return f"...{on}{condition} {{{selected}}}"
        name = f"F{len(self._draft.fragments)}x{depth}"
        self._draft.fragments.append(f"fragment {name} on {type_.name} {{{selected}}}")
        return f"...{name}{condition} ...{name}" if self._maybe(0.2) else f"...{name}{condition}"

    def _condition(self) -> str:
        if self._maybe(0.9):
            return ""
        name = self._random.choice(("skip", "include"))
        said = self._random.choice(("true", "false"))
        if self._maybe(0.5):
            said = self._variable("Boolean!", self._maybe(0.5), "true", is_odd=self._maybe(ODD))
        return f" @{name}(if: {said})" if not self._maybe(ODD) else f" @{name}"

    def _variable(self, type_: str, value: Any, default: str | None, *, is_odd: bool) -> str:
        name = f"v{len(self._draft.declared)}"
        has_default = default is not None and self._maybe(0.3)
        declared = f"${name}: {type_}" + (f" = {default}" if has_default else "")
        self._draft.declared.append(declared)
        is_left_out = self._maybe(0.5) if has_default or not type_.endswith("!") else False
        if not (is_left_out or self._maybe(ODD)):
            value = self._random.choice(_ODD_VALUES) if is_odd else value
            self._draft.variables[name] = value
        return f"${name}"

    def _literal(
        self, type_: GraphQLInputType, place: GraphQLArgument | GraphQLInputField | None = None
    ) -> str:
        """A value as it is written in the document, or a variable."""
        if self._maybe(ODD):
            return self._random.choice(_ODD_LITERALS)
        if self._maybe(0.3):
            name = str(type_)
            if place is not None and self._maybe(0.2):
                name = name.removesuffix("!")
            default = self._constant(self._value(type_)) if is_leaf_type(type_) else None
            return self._variable(name, self._value(type_), default, is_odd=self._maybe(ODD * 2))
        if isinstance(type_, GraphQLNonNull):
            return self._literal(type_.of_type, place)
        if self._maybe(0.1) and place is not None and not isinstance(place.type, GraphQLNonNull):
            return "null"
        if isinstance(type_, GraphQLList):
            items = [self._literal(type_.of_type) for _ in range(self._random.randrange(3))]
            return f"[{', '.join(items)}]" if len(items) != 1 or self._maybe(0.8) else items[0]
        if isinstance(type_, GraphQLInputObjectType):
            return "{" + ", ".join(self._fields_of(type_)) + "}"
        if isinstance(type_, GraphQLEnumType):
            return self._random.choice(list(type_.values))
        if type_.name == "JSON" and self._maybe(0.5):
            return self._json_with_variables()
        return self._constant(self._value(type_))

    def _fields_of(self, type_: GraphQLInputObjectType) -> list[str]:
        found = [
            f"{name}: {self._literal(of.type, of)}"
            for name, of in type_.fields.items()
            if is_required_input_field(of) != self._maybe(ODD) or self._maybe(0.5)
        ]
        return [*found, "nope: 1"] if self._maybe(ODD) else found

    def _json_with_variables(self) -> str:
        kinds = [("Int", 1.0), ("String", "x"), ("ID", 7), ("JSON", self._random.choice(_JSON))]
        kinds += [
            (one.name, self._random.choice(list(one.values)))
            for one in self._schema.type_map.values()
            if isinstance(one, GraphQLEnumType) and not one.name.startswith("__")
        ]
        kind, value = self._random.choice(kinds)
        variable = self._variable(kind, value, None, is_odd=False)
        form = self._random.choice(("{a: %s}", "[%s, 1]", "{a: {b: [%s]}, c: WORD}", "%s"))
        return form % (variable if form != "%s" or kind == "JSON" else "1")

    def _value(self, type_: GraphQLInputType) -> Any:
        """A value as it is sent in a variable."""
        if self._maybe(ODD / 2):
            return self._random.choice(_ODD_VALUES)
        if isinstance(type_, GraphQLNonNull):
            return self._value(type_.of_type)
        if self._maybe(ODD):
            return None
        if isinstance(type_, GraphQLList):
            items = [self._value(type_.of_type) for _ in range(self._random.randrange(3))]
            return items if len(items) != 1 or self._maybe(0.9) else items[0]
        if isinstance(type_, GraphQLInputObjectType):
            return {
                name: self._value(of.type)
                for name, of in type_.fields.items()
                if is_required_input_field(of) or self._maybe(0.5)
            }
        if isinstance(type_, GraphQLEnumType):
            return self._random.choice(list(type_.values))
        if type_.name == "JSON":
            return self._random.choice(_JSON)
        return self._random.choice(self._words[type_.name])

    def _constant(self, value: Any) -> str:
        """JSON as GraphQL writes it."""
        if isinstance(value, dict):
            return (
                "{" + ", ".join(f"{one}: {self._constant(of)}" for one, of in value.items()) + "}"
            )
        if isinstance(value, list):
            return "[" + ", ".join(self._constant(one) for one in value) + "]"
        if isinstance(value, str) and self._maybe(0.1) and value.isalnum():
            return f'"""{value}"""'
        return json.dumps(value)


def _is_shown(type_: GraphQLNamedType) -> bool:
    return isinstance(type_, GraphQLObjectType) and not type_.name.startswith("__")
