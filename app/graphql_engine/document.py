"""From the text of a document to an operation that may run: measured, parsed, validated, coerced.

What was read lately is remembered, so that an operation sent again is only looked up.
"""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    parse,
    validate,
)

from app.domain.errors import BadInput, FieldError
from app.graphql_engine.document_cost import CostAnalyzer
from app.graphql_engine.document_limits import DocumentSize, check_text
from app.graphql_engine.document_rules import RULES
from app.graphql_engine.error_format import to_graphql_error
from app.graphql_engine.field_rules import password_fields
from app.graphql_engine.plans.store import PlanStore
from app.graphql_engine.selections import root_fields, without_repeats
from app.graphql_engine.source import Document
from app.graphql_engine.variable_errors import at_arguments, refused_variables

# A parsed document takes up to 350 times the memory of its text.
_REMEMBERED_CHARACTERS: Final = 128 * 1024
_LONGEST_REMEMBERED: Final = 16 * 1024
_MOST_ERRORS: Final = 20
_MOST_REFUSED: Final = 16
_ONE_PASSWORD: Final = "a document may sign in or sign up once"


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation that may run. `request_count` is what it takes from a budget of requests.

    `checks_password` when it holds one of the mutations that hash a password, which is dear.
    """

    document: DocumentNode
    node: OperationDefinitionNode
    request_count: int
    introspects: bool
    checks_password: bool
    plans: PlanStore

    @property
    def type(self) -> OperationType:
        """Query, mutation or subscription."""
        return self.node.operation

    @property
    def name(self) -> str | None:
        """Its name, if it has one."""
        return self.node.name.value if self.node.name else None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a document may not run."""

    errors: list[GraphQLError]


class _InvalidError(Exception):
    """A text that is no document within the limits, and how it is refused."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__()
        self.refusal = refusal


@dataclass(slots=True)
class _Read:
    """A text that could be parsed, and what is known of it so far."""

    document: DocumentNode
    fragments: dict[str, FragmentDefinitionNode]
    operations: dict[str | None, OperationDefinitionNode]
    errors: list[GraphQLError] | None = None
    sizes: dict[str | None, DocumentSize] = field(default_factory=dict)
    plans: dict[str | None, PlanStore] = field(default_factory=dict)

    def plans_for(self, node: OperationDefinitionNode) -> PlanStore:
        name = node.name.value if node.name else None
        if name not in self.plans:
            self.plans[name] = PlanStore(node, self.fragments)
        return self.plans[name]


class Documents:
    """Reads documents for one schema."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema
        self._scale = CostAnalyzer(schema)
        self._password_fields = password_fields(schema)
        self._remembered: OrderedDict[str, _Read] = OrderedDict()
        # Apart, so that documents which are wrong drive out none that is right.
        self._refused: OrderedDict[str, Refusal] = OrderedDict()
        self._characters = 0

    def read(
        self, text: str, name: str | None, variables: Mapping[str, object]
    ) -> Operation | Refusal:
        """The operation of that name, or the only one, if it may run with these variables."""
        if (refusal := self._refused.get(text)) is not None:
            return refusal
        try:
            read = self._remembered.get(text) or self._parsed(text)
            node = _chosen(read, name)
            size = self._measured(read, node, variables)
            size.check()
        except _InvalidError as error:
            return error.refusal
        except BadInput as error:
            return Refusal([to_graphql_error(error)])
        errors = self._validated(read)
        if errors:
            return self._refuse(text, errors)
        self._remember(text, read)
        refused = refused_variables(self._schema, node, read.fragments, variables)
        if refused is not None:
            return Refusal([to_graphql_error(refused)])
        return self._counted(read, node, size)

    def _counted(
        self, read: _Read, node: OperationDefinitionNode, size: DocumentSize
    ) -> Operation | Refusal:
        is_mutation = node.operation is OperationType.MUTATION
        fields = root_fields(node, read.fragments) if is_mutation else {}
        checks = sum(name in self._password_fields for name in fields.values())
        if checks > 1:
            return Refusal([to_graphql_error(BadInput(_ONE_PASSWORD))])
        return Operation(
            read.document,
            node,
            request_count=max(len(fields), 1),
            introspects=size.introspection_depth > 0,
            checks_password=checks > 0,
            plans=read.plans_for(node),
        )

    def at_arguments(
        self, text: str, name: str | None, details: Sequence[FieldError]
    ) -> list[FieldError]:
        """What is wrong with variables, by the arguments that take them where these are known."""
        try:
            read = self._remembered.get(text) or self._parsed(text)
            return at_arguments(details, _chosen(read, name), read.fragments)
        except (_InvalidError, BadInput):
            return list(details)

    def _parsed(self, text: str) -> _Read:
        try:
            return _parsed(text)
        except GraphQLError as error:
            raise _InvalidError(self._refuse(text, [error])) from None
        except BadInput as error:
            raise _InvalidError(self._refuse(text, [to_graphql_error(error)])) from None

    def _refuse(self, text: str, errors: list[GraphQLError]) -> Refusal:
        """Refuse a text for good, whatever its variables are."""
        # What was raised holds on to all that was known where it was.
        refusal = Refusal([error.with_traceback(None) for error in errors])
        if len(text) <= _LONGEST_REMEMBERED:
            self._refused[text] = refusal
            if len(self._refused) > _MOST_REFUSED:
                self._refused.popitem(last=False)
        return refusal

    def _measured(
        self, read: _Read, node: OperationDefinitionNode, variables: Mapping[str, object]
    ) -> DocumentSize:
        name = node.name.value if node.name else None
        if (known := read.sizes.get(name)) is not None:
            return known
        size = self._scale.measure(node, read.fragments, variables)
        if not size.varies:
            read.sizes[name] = size
        return size

    def _validated(self, read: _Read) -> list[GraphQLError]:
        if read.errors is None:
            read.errors = validate(
                self._schema,
                without_repeats(read.document),
                RULES,
                max_errors=_MOST_ERRORS,
                hide_suggestions=True,
            )
        return read.errors

    def _remember(self, text: str, read: _Read) -> None:
        if len(text) > _LONGEST_REMEMBERED:
            return
        if text not in self._remembered:
            self._characters += len(text)
        self._remembered[text] = read
        self._remembered.move_to_end(text)
        while self._characters > _REMEMBERED_CHARACTERS:
            oldest, _ = self._remembered.popitem(last=False)
            self._characters -= len(oldest)


def _parsed(text: str) -> _Read:
    check_text(text)
    document = parse(Document(text))
    fragments: dict[str, FragmentDefinitionNode] = {}
    operations: dict[str | None, OperationDefinitionNode] = {}
    for one in document.definitions:
        if isinstance(one, FragmentDefinitionNode):
            fragments[one.name.value] = one
        elif isinstance(one, OperationDefinitionNode):
            operations[one.name.value if one.name else None] = one
    return _Read(document, fragments, operations)


def _chosen(read: _Read, name: str | None) -> OperationDefinitionNode:
    if name is not None:
        if name not in read.operations:
            raise BadInput("the document has no operation of that name")
        return read.operations[name]
    if not read.operations:
        raise BadInput("the document has no operation")
    if len(read.operations) > 1:
        raise BadInput("the document has several operations: operationName must name one")
    return next(iter(read.operations.values()))
