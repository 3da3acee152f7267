"""GraphQL's rules of validation, with values refused in our own words."""

from typing import Any, Final

from graphql import (
    SKIP,
    ArgumentNode,
    ASTValidationRule,
    GraphQLError,
    GraphQLInputType,
    ValueNode,
    ValuesOfCorrectTypeRule,
    VariableDefinitionNode,
    VisitorAction,
    specified_rules,
)
from graphql.utilities.validate_input_value import validate_input_literal

from app.domain.errors import BadInput
from app.schema.coercion import Path, problem_at


class LiteralsOfCorrectTypeRule(ValuesOfCorrectTypeRule):
    """Refuses a literal by its place, from the argument down, and what is expected there."""

    _place: Path = ()

    def enter_argument(self, node: ArgumentNode, *_: Any) -> None:
        """Remember whose value comes next."""
        self._place = (node.name.value,)

    def enter_variable_definition(self, node: VariableDefinitionNode, *_: Any) -> None:
        """Remember whose default value comes next."""
        self._place = (node.variable.name.value,)

    def is_valid_value_node(
        self, node: ValueNode, input_type: GraphQLInputType | None
    ) -> VisitorAction:
        """Report all that does not fit; what is inside a value has then been looked at."""
        if input_type:
            place = self._place

            def refuse(error: GraphQLError, path: list[str | int]) -> None:
                refused = BadInput.of([problem_at(place, input_type, error, path)])
                self.report_error(
                    GraphQLError(refused.message, error.nodes or node, original_error=refused)
                )

            validate_input_literal(node, input_type, refuse, hide_suggestions=True)
        return SKIP


RULES: Final[tuple[type[ASTValidationRule], ...]] = tuple(
    LiteralsOfCorrectTypeRule if rule is ValuesOfCorrectTypeRule else rule
    for rule in specified_rules
)
