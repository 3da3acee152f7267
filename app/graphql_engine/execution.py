"""Runs operations that were read from documents, without reading them again.

By a plan where there is one. Where a plan meets what it does not handle, graphql-core goes on with
what the resolvers gave; no resolver of an operation's own fields is called twice.
"""

from collections.abc import (
    AsyncGenerator,
    AsyncIterable,
    AsyncIterator,
    Callable,
    Hashable,
    Sequence,
)
from contextlib import aclosing
from functools import partial
from inspect import isawaitable
from typing import Any, cast

import orjson
import strawberry
from graphql import (
    ExecutionResult,
    GraphQLError,
    GraphQLResolveInfo,
    OperationType,
    create_source_event_stream,
    execute,
)

from app.graphql_engine import ordered_errors
from app.graphql_engine.availability import when_available
from app.graphql_engine.cancellation import cancellation_of_others_is_an_error
from app.graphql_engine.core_schema import core_schema
from app.graphql_engine.document import Operation, Refusal
from app.graphql_engine.last_answers import LastAnswers
from app.graphql_engine.ordered_errors import with_ordered_errors
from app.graphql_engine.plans.plan import Outcomes, Plan
from app.graphql_engine.plans.resolve_info import ExecutionState
from app.graphql_engine.plans.unplanned import FallbackToGraphQLCore

Middleware = Callable[..., Any]

ordered_errors.install()


class Execution:
    """Runs operations against one schema."""

    def __init__(self, schema: strawberry.Schema) -> None:
        self._strawberry = schema
        self._schema = core_schema(schema)
        self._executor = schema.execution_context_class
        self._last_answers = LastAnswers()

    async def run(
        self, operation: Operation, variables: dict[str, Any], context: object
    ) -> ExecutionResult:
        """The answer to a query or mutation; what goes wrong in it stands in its errors."""
        plan = operation.plans.find(self._strawberry, variables)
        if plan is None:
            return await self._executed(operation, variables, context)
        state = plan.start(variables, context)
        try:
            calls = plan.calls(state)
        except FallbackToGraphQLCore:
            return await self._executed(operation, variables, context)
        outcomes = await plan.outcomes(calls, state)
        try:
            return ExecutionResult(await plan.data(outcomes, state), None)
        except Exception:
            known = [_replay_outcomes(plan, outcomes)]
            return await self._executed(operation, variables, context, middleware=known)

    async def stream(
        self, operation: Operation, variables: dict[str, Any], context: object
    ) -> AsyncGenerator[ExecutionResult | Refusal, None]:
        """The answers to any operation: those of a subscription as they come, else the one.

        A subscription that cannot begin, or breaks, ends with a refusal.
        """
        if operation.type is not OperationType.SUBSCRIPTION:
            yield await self.run(operation, variables, context)
            return
        try:
            with cancellation_of_others_is_an_error():
                source = await self._subscribed(operation, variables, context)
                if isinstance(source, ExecutionResult):
                    yield Refusal(source.errors or [])
                    return
                coming = cast("AsyncGenerator[ExecutionResult, None]", source)
                async with aclosing(coming) as results:
                    async for result in results:
                        yield result
        except Exception as error:
            yield Refusal([GraphQLError("", original_error=error)])

    async def _subscribed(
        self, operation: Operation, variables: dict[str, Any], context: object
    ) -> AsyncIterator[ExecutionResult] | ExecutionResult:
        plan = operation.plans.find(self._strawberry, variables, runs_long=True)
        if plan is not None:
            try:
                return self._planned(operation, plan, plan.start(variables, context))
            except FallbackToGraphQLCore:
                pass
        executor = self._executor.build(
            self._schema,
            operation.document,
            context_value=context,
            raw_variable_values=variables,
            operation_name=operation.name,
            hide_suggestions=True,
        )
        if isinstance(executor, list):
            return ExecutionResult(None, executor)
        source = create_source_event_stream(executor)
        events = await source if isawaitable(source) else source
        if isinstance(events, ExecutionResult):
            return events
        return self._unplanned(operation, variables, context, events)

    async def _unplanned(
        self,
        operation: Operation,
        variables: dict[str, Any],
        context: object,
        events: AsyncIterable[object],
    ) -> AsyncGenerator[ExecutionResult, None]:
        async with aclosing(cast("AsyncGenerator[object, None]", events)) as coming:
            async for event in coming:
                answer = partial(self._executed, operation, variables, context, root_value=event)
                yield await when_available(answer)

    def _planned(
        self, operation: Operation, plan: Plan, state: ExecutionState
    ) -> AsyncGenerator[ExecutionResult, None]:
        events = plan.events(state)
        question = (plan, orjson.dumps(state.variables, option=orjson.OPT_SORT_KEYS))

        async def results() -> AsyncGenerator[ExecutionResult, None]:
            async with aclosing(events) as coming:
                async for event in coming:
                    known = self._at_once(plan, event, question)
                    if known is None:
                        answer = partial(self._for_event, operation, plan, event, state)
                        once = partial(self._last_answers.get, event, question, answer)
                        known = await when_available(once)
                    yield known

        return results()

    def _at_once(self, plan: Plan, event: object, question: Hashable) -> ExecutionResult | None:
        """The answer for an event where nothing has to be waited for."""
        known = self._last_answers.known(event, question)
        if known is not None:
            return known
        try:
            return self._last_answers.keep(event, question, plan.plain_event_data(event))
        except Exception:
            return None

    async def _for_event(
        self, operation: Operation, plan: Plan, event: object, state: ExecutionState
    ) -> ExecutionResult:
        try:
            return ExecutionResult(await plan.event_data(event, state), None)
        except Exception:
            sent = dict(state.sent)
            return await self._executed(operation, sent, state.context, root_value=event)

    async def _executed(
        self,
        operation: Operation,
        variables: dict[str, Any],
        context: object,
        *,
        root_value: object = None,
        middleware: Sequence[Middleware] = (),
    ) -> ExecutionResult:
        result = execute(
            self._schema,
            operation.document,
            root_value=root_value,
            context_value=context,
            variable_values=variables,
            operation_name=operation.name,
            executor_class=self._executor,
            middleware=list(middleware) or None,
            hide_suggestions=True,
        )
        return with_ordered_errors(await result if isawaitable(result) else result)


def _replay_outcomes(plan: Plan, outcomes: Outcomes) -> Middleware:
    """Stands before the resolvers and answers for those that were called.

    What had to be waited for has to be waited for again: the errors of other fields come first.
    """

    def resolve(
        resolver: Callable[..., Any],
        source: object,
        info: GraphQLResolveInfo[Any],
        **arguments: Any,
    ) -> Any:
        if info.path.prev is not None or info.path.key not in outcomes:
            return resolver(source, info, **arguments)
        name = str(info.path.key)
        return _waited_for(outcomes[name]) if plan.waits_for(name) else _given(outcomes[name])

    return resolve


def _given(outcome: Any) -> Any:
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


async def _waited_for(outcome: Any) -> Any:
    return _given(outcome)
