"""Operations that are ours: worked out at start, and carried out with nothing left to find out."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import product
from typing import Any

from graphql import (
    FragmentDefinitionNode,
    GraphQLEnumType,
    OperationDefinitionNode,
    parse,
    validate,
)

from app.domain.errors import Internal, ZenModeError
from app.graphql_engine.core_schema import core_schema
from app.graphql_engine.plans.plan import Plan, conditions_of, plan_of
from app.schema.context import Context
from app.schema.root import schema


@dataclass(frozen=True, slots=True)
class Prepared:
    """An operation of ours: a plan for each set of answers to its conditions."""

    conditions: tuple[str, ...]
    plans: Mapping[tuple[bool, ...], Plan]


def prepare(text: str) -> Prepared:
    """Work out a document with one operation; enums are answered in the words of the domain.

    Raises ValueError for a document that is not valid, FallbackToGraphQLCore where no plan can.
    """
    document = parse(text, no_location=True)
    if errors := validate(core_schema(schema), document):
        raise ValueError(errors[0].message)
    fragments = {
        one.name.value: one
        for one in document.definitions
        if isinstance(one, FragmentDefinitionNode)
    }
    node = next(one for one in document.definitions if isinstance(one, OperationDefinitionNode))
    conditions = tuple(conditions_of(node, fragments))
    return Prepared(
        conditions,
        {
            values: plan_of(
                schema, node, fragments, dict(zip(conditions, values, strict=True)), _words_of
            )
            for values in product((False, True), repeat=len(conditions))
        },
    )


async def carry_out(
    prepared: Prepared, variables: dict[str, Any], context: Context
) -> dict[str, Any]:
    """The answer's data.

    Raises the ZenModeError that a resolver raised; anything else comes as Internal.
    """
    plan = prepared.plans[tuple(variables[name] for name in prepared.conditions)]
    state = plan.start(variables, context)
    try:
        return await plan.data(await plan.outcomes(plan.calls(state), state), state)
    except ZenModeError:
        raise
    except Exception as error:
        raise Internal("something went wrong on our side") from error


def _words_of(type_: GraphQLEnumType) -> dict[Any, object]:
    members = [type_.coerce_input_value(name) for name in type_.values]
    return {one: one.value if isinstance(one, Enum) else one for one in members}
