"""A small schema behind the real doors, with a gate whose callers a test can revoke at will."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field, replace
from typing import Any, cast

import strawberry
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from app.domain.access.caller import Caller, CallerKind
from app.domain.access.rate_limit import RateLimit
from app.domain.errors import (
    BadInput,
    Conflict,
    FieldError,
    RateLimited,
    Unauthenticated,
    Unavailable,
)
from app.gateways.metrics import Metrics
from app.http.auth.credentials import Credentials, SessionCookies
from app.http.auth.origin import OwnOrigin
from app.http.graphql.dependencies import GraphQLDependencies
from app.http.graphql.graphql_view import GraphQLView
from app.http.graphql.operation_preparer import OperationPreparer
from app.http.middleware.request_id import RequestId
from app.http.websocket.websocket_view import GraphQLWebSocket
from app.schema.context import GraphQLInfo
from app.services.services import Services

GOOD, AGENT, SESSION = "zm_good", "zma_good", "sess"
# A key of another workspace.
NEIGHBOUR = "zm_neighbour"


@strawberry.input
class OrderInput:
    name: str
    how_many: int = 1


@strawberry.type
class Query:
    @strawberry.field
    def hello(self, name: str = "you") -> str:
        return f"hello {name}"

    @strawberry.field
    def who(self, info: GraphQLInfo) -> str:
        caller = info.context.caller
        if caller is None:
            raise Unauthenticated("sign in, or send a valid token")
        return f"{caller.kind} {caller.subscription_is_active}"

    @strawberry.field
    def address(self, info: GraphQLInfo) -> str | None:
        return info.context.address

    @strawberry.field
    def conflict(self) -> str | None:
        raise Conflict("it is already done")

    @strawberry.field
    def limited(self) -> str | None:
        raise RateLimited("too many failures", retry_after=42)

    @strawberry.field
    def broken(self) -> str | None:
        raise ValueError("the secret is hunter2")

    @strawberry.field
    def away(self) -> str | None:
        raise Unavailable("the database is out of reach")

    @strawberry.field
    async def abandoned(self) -> str | None:
        # Something that others wait for too, and that one of them has cancelled.
        raise asyncio.CancelledError

    @strawberry.field
    def wrong_type(self) -> int | None:
        return cast(int, "hunter2")

    @strawberry.field
    async def slow(self) -> str:
        await asyncio.sleep(30)
        return "done"


@strawberry.type
class Mutation:
    @strawberry.mutation
    def order(self, input: OrderInput) -> str:
        raise BadInput.of(
            [
                FieldError(("name",), "must be nice"),
                FieldError(("how_many",), "must be few"),
            ]
        )

    @strawberry.mutation
    def order_all(self, inputs: list[OrderInput]) -> str:
        raise BadInput.of([FieldError((3, "how_many"), "must be few")])

    @strawberry.mutation
    def take(self, first: int) -> str:
        raise BadInput.at("first", "must be between 1 and 100")

    @strawberry.mutation
    def sign_in(self, info: GraphQLInfo) -> bool:
        info.context.session_cookie.token = "new-token"
        return True

    @strawberry.mutation
    def sign_out(self, info: GraphQLInfo) -> bool:
        info.context.session_cookie.is_cleared = True
        return True


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def count(self, to: int = 3) -> AsyncGenerator[int, None]:
        for number in range(1, to + 1):
            yield number

    @strawberry.subscription
    async def forever(self) -> AsyncGenerator[int, None]:
        running.add(name := object())
        try:
            yield 1
            await asyncio.Event().wait()
        finally:
            running.discard(name)

    @strawberry.subscription
    async def flood(self, size: int = 10_000) -> AsyncGenerator[str, None]:
        while True:
            yield "x" * size
            await asyncio.sleep(0)

    @strawberry.subscription
    async def refused(self) -> AsyncGenerator[int, None]:
        raise Conflict("it is already done")
        yield 1

    @strawberry.subscription
    async def abandoned(self) -> AsyncGenerator[int, None]:
        yield 1
        raise asyncio.CancelledError

    @strawberry.subscription
    async def breaks(self) -> AsyncGenerator[int, None]:
        yield 1
        raise ValueError("the secret is hunter2")


# The subscriptions `forever` that have not ended.
running: set[object] = set()

SCHEMA = strawberry.Schema(Query, Mutation, Subscription)


def _caller(kind: CallerKind) -> Caller:
    return Caller(kind, "ws_1", f"{kind}_1", None, subscription_is_active=True)


@dataclass
class ToyGate:
    """Lets in one caller of each kind; a test may revoke them, or end their subscription."""

    callers: dict[str, Caller] = field(
        default_factory=lambda: {
            GOOD: _caller(CallerKind.API_KEY),
            AGENT: _caller(CallerKind.AGENT),
            SESSION: _caller(CallerKind.SESSION),
            NEIGHBOUR: replace(_caller(CallerKind.API_KEY), workspace_id="ws_2"),
        }
    )
    remaining: int = 1_000
    spent: list[int] = field(default_factory=list)
    left_for_addresses: dict[str, int] = field(
        default_factory=lambda: {"anonymous": 1_000, "sign-in": 1_000}
    )
    of_addresses: list[tuple[str, str | None]] = field(default_factory=list)
    is_away: bool = False
    is_broken: bool = False
    admitted: list[Credentials] = field(default_factory=list)

    async def authenticate(self, credentials: Credentials) -> Caller | None:
        self.admitted.append(credentials)
        if self.is_broken:
            raise ValueError("the secret is hunter2")
        if self.is_away:
            raise Unavailable("the database is out of reach")
        if credentials.bearer is not None:
            if credentials.bearer not in self.callers:
                raise Unauthenticated("this token is not valid")
            return self.callers[credentials.bearer]
        return self.callers.get(credentials.session_token or "")

    async def consume_rate_limit(self, caller: Caller, request_count: int) -> RateLimit | None:
        if request_count > self.remaining:
            return RateLimit(100, 60, self.remaining, 17, is_exceeded=True)
        self.spent.append(request_count)
        self.remaining -= request_count
        return RateLimit(100, 60, self.remaining, 60)

    async def consume_anonymous_limit(self, address: str | None) -> RateLimit | None:
        return self._spend_address("anonymous", address)

    async def consume_sign_in_limit(self, address: str | None) -> RateLimit | None:
        return self._spend_address("sign-in", address)

    def _spend_address(self, what: str, address: str | None) -> RateLimit:
        self.of_addresses.append((what, address))
        left = self.left_for_addresses[what] = self.left_for_addresses[what] - 1
        return RateLimit(60, 60, max(left, 0), 17, is_exceeded=left < 0)

    def revoke(self, token: str) -> None:
        del self.callers[token]

    def end_subscription(self, token: str) -> None:
        self.callers[token] = replace(self.callers[token], subscription_is_active=False)


@dataclass
class Toy:
    """The doors around the toy schema, and what a test may turn."""

    access_control: ToyGate
    door: GraphQLDependencies
    socket: GraphQLWebSocket
    app: ASGIApp


def toy(public_url: str | None = None, most_connections: int = 2_000) -> Toy:
    access_control = ToyGate()
    door = GraphQLDependencies(
        services=cast(Services, None),
        preparer=OperationPreparer(SCHEMA, access_control, Metrics()),
        cookies=SessionCookies(is_public_over_https=bool(public_url)),
        own_origin=OwnOrigin(public_url),
        closing=asyncio.Event(),
    )
    explorer: Any = HTMLResponse("<title>Explorer</title>")
    view, socket = GraphQLView(door, explorer), GraphQLWebSocket(door, most_connections)

    async def both(scope: Scope, receive: Receive, send: Send) -> None:
        await (socket if scope["type"] == "websocket" else view)(scope, receive, send)

    return Toy(access_control, door, socket, RequestId(both))
