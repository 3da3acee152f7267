"""The plans of an operation that callers send."""

from collections.abc import Mapping
from typing import Any, Final, TypeGuard

import strawberry
from graphql import OperationDefinitionNode

from app.graphql_engine.plans.plan import Plan, conditions_of, plan_of
from app.graphql_engine.plans.unplanned import FallbackToGraphQLCore
from app.graphql_engine.selections import Fragments

_MOST_PLANS: Final = 8


class PlanStore:
    """Makes a plan when an operation is sent for the second time: one run is cheaper without.

    A subscription has its plan at once.
    """

    def __init__(self, operation: OperationDefinitionNode, fragments: Fragments) -> None:
        self._operation = operation
        self._fragments = fragments
        self._conditions = conditions_of(operation, fragments)
        self._plans: dict[tuple[Any, ...], Plan | None] = {}
        self._seen: set[tuple[Any, ...]] = set()

    def find(
        self, schema: strawberry.Schema, variables: Mapping[str, Any], *, runs_long: bool = False
    ) -> Plan | None:
        """The plan for a run with these variables, if there is one."""
        values = tuple(variables.get(name, said) for name, said in self._conditions.items())
        if values in self._plans:
            return self._plans[values]
        is_new = values not in self._seen
        if is_new and (len(self._seen) == _MOST_PLANS or not _are_answers(values)):
            return None
        self._seen.add(values)
        if is_new and not runs_long:
            return None
        self._plans[values] = self._made(schema, values)
        return self._plans[values]

    def _made(self, schema: strawberry.Schema, values: tuple[bool, ...]) -> Plan | None:
        conditions = dict(zip(self._conditions, values, strict=True))
        try:
            return plan_of(schema, self._operation, self._fragments, conditions)
        except FallbackToGraphQLCore:
            return None


def _are_answers(values: tuple[Any, ...]) -> TypeGuard[tuple[bool, ...]]:
    return all(type(value) is bool for value in values)
