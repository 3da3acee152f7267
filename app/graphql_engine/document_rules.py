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
from graphql.validation.rules import overlapping_fields_can_be_merged

from app.domain.errors import BadInput
from app.graphql_engine.input_problems import Path, problems_of_literal


class LiteralsOfCorrectTypeRule(ValuesOfCorrectTypeRule):
    """Refuses a literal by its path, from the argument down, and what is expected there."""

    _path: Path = ()

    def enter_argument(self, node: ArgumentNode, *_: Any) -> None:
        """Notes the argument whose value comes next."""
        self._path = (node.name.value,)

    def enter_variable_definition(self, node: VariableDefinitionNode, *_: Any) -> None:
        """Notes the variable whose default value comes next."""
        self._path = (node.variable.name.value,)

    def is_valid_value_node(
        self, node: ValueNode, input_type: GraphQLInputType | None
    ) -> VisitorAction:
        """Report all that does not fit; what is inside a value has then been looked at."""
        if input_type:
            for problem, wrong_node in problems_of_literal(node, input_type, self._path):
                refused = BadInput.of([problem])
                self.report_error(GraphQLError(refused.message, wrong_node, original_error=refused))
        return SKIP


# Two units for each two fields of one name that are compared: seventy of one name, at most.
overlapping_fields_can_be_merged.MAX_COMPLEXITY_BUDGET = 5_000

RULES: Final[tuple[type[ASTValidationRule], ...]] = tuple(
    LiteralsOfCorrectTypeRule if rule is ValuesOfCorrectTypeRule else rule
    for rule in specified_rules
)
