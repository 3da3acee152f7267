"""The agent's documents against the schema, and against what a document may cost."""

import pytest
from graphql import parse, validate

from app.graphql_engine.document_cost import CostAnalyzer
from app.graphql_engine.document_limits import check_text
from app.schema.root import schema
from zenmode_agent.server import documents

_DOCUMENTS = {
    name: text for name, text in vars(documents).items() if name.isupper() and isinstance(text, str)
}


def test_there_are_documents() -> None:
    assert len(_DOCUMENTS) == 11


@pytest.mark.parametrize("text", _DOCUMENTS.values(), ids=_DOCUMENTS)
def test_a_document_fits_the_schema(text: str) -> None:
    assert validate(schema._schema, parse(text)) == []


@pytest.mark.parametrize("text", _DOCUMENTS.values(), ids=_DOCUMENTS)
def test_a_document_is_within_every_limit(text: str) -> None:
    check_text(text)
    [operation] = parse(text).definitions
    CostAnalyzer(schema._schema).measure(operation, {}, {}).check()  # type: ignore[arg-type]
