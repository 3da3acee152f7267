"""What HTTP and WebSocket do alike with an operation that a caller asks for."""

from dataclasses import dataclass

import strawberry

from app.domain.access.caller import Caller
from app.domain.access.rate_limit import RateLimit
from app.domain.errors import (
    FieldError,
    PersistedQueryNotSupported,
    RateLimited,
    Unauthenticated,
)
from app.gateways.metrics import Metrics
from app.graphql_engine.core_schema import core_schema
from app.graphql_engine.document import Documents, Operation, Refusal
from app.graphql_engine.error_format import ErrorFormat, to_graphql_error
from app.graphql_engine.execution import Execution
from app.http.auth.access_control import AccessControl
from app.http.auth.credentials import Credentials
from app.http.graphql.graphql_request import GraphQLRequest
from app.http.middleware.access_log import note_caller, note_operation


@dataclass(frozen=True, slots=True)
class PreparedOperation:
    """An operation that may run, or why not, and how its caller stands with its budget."""

    what: Operation | Refusal
    limit: RateLimit | None

    @property
    def is_over_budget(self) -> bool:
        """Whether there was no budget left for it."""
        return self.limit is not None and self.limit.is_exceeded


class OperationPreparer:
    """Takes in operations for one schema."""

    def __init__(
        self,
        schema: strawberry.Schema,
        access_control: AccessControl,
        metrics: Metrics,
        public_url: str | None = None,
    ) -> None:
        self.access_control = access_control
        self._metrics = metrics
        self.execution = Execution(schema)
        self.errors = ErrorFormat(core_schema(schema), public_url)
        self._documents = Documents(core_schema(schema))

    def unfit_arguments(self, asked: GraphQLRequest) -> list[FieldError]:
        """What could not be read in the variables, by the arguments that take them."""
        below = [FieldError(one.path[1:], one.message) for one in asked.unfit]
        return self._documents.at_arguments(asked.text, asked.operation_name, below)

    async def authenticate(self, credentials: Credentials, address: str | None) -> Caller | None:
        """Returns the caller with these credentials, None for an anonymous one within the limit.

        Called before anything of the request is read. Raises Unauthenticated, Unavailable,
        RateLimited.
        """
        try:
            caller = await self.access_control.authenticate(credentials)
        except Unauthenticated:
            await self.count_anonymous(address)
            raise
        if caller is None:
            await self.count_anonymous(address)
        return caller

    async def count_anonymous(self, address: str | None) -> None:
        """Counts a request without a good credential. Raises RateLimited when it does not fit."""
        limit = await self.access_control.consume_anonymous_limit(address)
        if limit is not None and limit.is_exceeded:
            raise _too_many(limit)

    async def receive(
        self, caller: Caller | None, asked: GraphQLRequest, address: str | None
    ) -> PreparedOperation:
        """Read an operation and count it, a refused one too: reading is what costs."""
        what = self._read(asked)
        _note(what, caller)
        if caller is None:
            return await self._as_sign_in(PreparedOperation(_for_anonymous(what), None), address)
        if isinstance(what, Operation):
            self._metrics.operation_began(what.name, what.type.value)
        count = what.request_count if isinstance(what, Operation) else 1
        limit = await self.access_control.consume_rate_limit(caller, count)
        if limit is not None and limit.is_exceeded:
            return _over(limit)
        return await self._as_sign_in(PreparedOperation(what, limit), address)

    async def _as_sign_in(
        self, received: PreparedOperation, address: str | None
    ) -> PreparedOperation:
        """The same, unless it checks a password and its address has done that too often."""
        if not isinstance(received.what, Operation) or not received.what.checks_password:
            return received
        limit = await self.access_control.consume_sign_in_limit(address)
        return _over(limit) if limit is not None and limit.is_exceeded else received

    def _read(self, asked: GraphQLRequest) -> Operation | Refusal:
        if asked.is_persisted:
            return Refusal([to_graphql_error(PersistedQueryNotSupported())])
        return self._documents.read(asked.text, asked.operation_name, asked.variables)


def _over(limit: RateLimit) -> PreparedOperation:
    return PreparedOperation(Refusal([to_graphql_error(_too_many(limit))]), limit)


def _too_many(limit: RateLimit) -> RateLimited:
    return RateLimited("too many requests", retry_after=max(limit.reset_seconds, 1))


def _note(what: Operation | Refusal, caller: Caller | None) -> None:
    if caller is not None:
        note_caller(caller.workspace_id, caller.kind)
    if isinstance(what, Operation):
        note_operation(what.name, what.type.value)


def _for_anonymous(what: Operation | Refusal) -> Operation | Refusal:
    if isinstance(what, Operation) and what.introspects:
        return Refusal([to_graphql_error(Unauthenticated("sign in to read the schema"))])
    return what
