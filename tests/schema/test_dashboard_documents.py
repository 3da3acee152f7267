"""Everything that the dashboard asks, the schema answers within its limits."""

import re
from pathlib import Path

import pytest
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    NameNode,
    OperationDefinitionNode,
    SelectionSetNode,
    Visitor,
    parse,
    print_ast,
    validate,
    visit,
)

from app.graphql_engine.document_cost import CostAnalyzer
from app.graphql_engine.document_limits import check_text
from app.schema import schema

SOURCES = Path(__file__).parents[2] / "dashboard/src"
_DOCUMENT = re.compile(r"graphql\(\s*`([^`]*)`")


class AsSent(Visitor):
    """The client asks for the type of every object, to know what a mutation makes stale."""

    def leave_selection_set(
        self, node: SelectionSetNode, _key: object, parent: object, *_: object
    ) -> SelectionSetNode:
        if isinstance(parent, OperationDefinitionNode):
            return node
        typename = FieldNode(name=NameNode(value="__typename"), arguments=(), directives=())
        return SelectionSetNode(selections=(*node.selections, typename))


def parsed() -> list[DocumentNode]:
    texts = [
        text
        for source in sorted(SOURCES.rglob("*.ts*"))
        for text in _DOCUMENT.findall(source.read_text())
    ]
    return [visit(parse(text), AsSent()) for text in texts]


PARSED = parsed()
FRAGMENTS = {
    one.name.value: one
    for document in PARSED
    for one in document.definitions
    if isinstance(one, FragmentDefinitionNode)
}
OPERATIONS = {
    one.name.value: one
    for document in PARSED
    for one in document.definitions
    if isinstance(one, OperationDefinitionNode) and one.name
}


def spread_in(node: OperationDefinitionNode | FragmentDefinitionNode) -> set[str]:
    direct = set(re.findall(r"\.\.\.(\w+)", print_ast(node))) & FRAGMENTS.keys()
    return direct.union(*(spread_in(FRAGMENTS[name]) for name in direct))


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_a_document_of_the_dashboard_is_valid_and_within_every_limit(name: str) -> None:
    operation = OPERATIONS[name]
    used = [FRAGMENTS[one] for one in sorted(spread_in(operation))]
    document = DocumentNode(definitions=(operation, *used))

    assert validate(schema._schema, document) == []
    check_text(print_ast(document))
    CostAnalyzer(schema._schema).measure(operation, FRAGMENTS, {}).check()


def test_the_documents_are_found_where_they_stand() -> None:
    assert {"Viewer", "TaskList", "Overview"} <= OPERATIONS.keys()
