"""What the schema says of itself: whole for tools, and no more often than they need."""

from typing import Any

import pytest
from graphql import get_introspection_query, parse

from app.domain.errors import BadInput
from app.graphql_engine import one_of
from app.graphql_engine.document import Documents, Operation, Refusal
from app.graphql_engine.document_cost import CostAnalyzer
from app.graphql_engine.document_limits import DocumentSize
from app.schema import schema

_WHOLE = get_introspection_query(
    specified_by_url=True,
    directive_is_repeatable=True,
    schema_description=True,
    input_value_deprecation=True,
)
_TYPES = "types { name fields { name args { name type { name ofType { name } } } } }"


def _measured(text: str) -> DocumentSize:
    document: Any = parse(text)
    operation, *fragments = document.definitions
    by_name = {one.name.value: one for one in fragments}
    return CostAnalyzer(schema._schema).measure(operation, by_name, {})


def test_tools_may_ask_for_the_whole_schema() -> None:
    assert isinstance(Documents(schema._schema).read(_WHOLE, None, {}), Operation)


def test_the_whole_schema_under_many_names_is_refused() -> None:
    fragment = f"fragment S on __Schema {{ {_TYPES} }}"
    text = "{" + "".join(f"a{one}: __schema {{ ...S }}" for one in range(29)) + "}" + fragment
    refused = Documents(schema._schema).read(text, None, {})
    assert isinstance(refused, Refusal)
    assert "fields of the schema" in refused.errors[0].message


@pytest.mark.parametrize(
    "text",
    [
        f"{{ __schema {{ ...S }} }} fragment S on __Schema {{ {_TYPES} }}",
        f"{{ ...Q }} fragment Q on Query {{ __schema {{ ... {{ {_TYPES} }} }} }}",
        "{ __schema { types { ...T } } } fragment T on __Type "
        "{ name fields { name args { name type { name ofType { name } } } } }",
    ],
)
def test_fragments_change_nothing_about_the_measure(text: str) -> None:
    plain = _measured(f"{{ __schema {{ {_TYPES} }} }}")
    assert _measured(text) == plain
    assert plain.introspected > len(schema._schema.type_map)


def test_what_is_introspected_has_a_limit() -> None:
    with pytest.raises(BadInput, match="asks for 30,001 fields of the schema; at most 30,000"):
        DocumentSize(introspected=30_001).check()


async def test_every_field_of_every_type_can_be_asked_for_with_what_wraps_it() -> None:
    # A schema that another test has made brings the library's own back.
    one_of.install()
    asked = "isOneOf kind name"
    wrapped = f"{asked} ofType {{ {asked} ofType {{ {asked} ofType {{ {asked} }} }} }}"
    fields = f"fields {{ type {{ {wrapped} }} args {{ type {{ {wrapped} }} }} }}"
    text = (
        f"{{ __schema {{ types {{ {asked} {fields} inputFields {{ type {{ {wrapped} }} }} }} }} }}"
    )
    result = await schema.execute(text)
    assert result.errors is None
    assert result.data is not None
    kinds = {one["kind"]: one["isOneOf"] for one in result.data["__schema"]["types"]}
    assert kinds["INPUT_OBJECT"] is False
    assert kinds["OBJECT"] is None
