"""Users, the caller of a request, and signing up, in and out."""

import strawberry

from app.actions.access import read_access
from app.actions.access.sign_in import sign_in
from app.actions.access.sign_out import sign_out
from app.actions.access.sign_up import require_open_sign_up, sign_up
from app.actions.steps.access.open_session import OpenSession
from app.domain.access.caller import EVERYBODY, Caller, CallerKind, require_known
from app.domain.access.user import SignUp
from app.graphql_engine.field_rules import checks_password
from app.schema.agents import Agent, agent_of
from app.schema.api_keys import ApiKey, api_key_of
from app.schema.context import GraphQLInfo
from app.schema.types.enums import SubscriptionStatus
from app.schema.types.inputs import input_of, validated
from app.schema.types.scalars import Milliseconds, optional_time
from app.schema.workspaces import Workspace


@strawberry.type(description="A person who can sign in.")
class User:
    id: strawberry.ID
    email: str
    created_at: Milliseconds


@strawberry.type(description="Who is asking: a person, a key or an agent, and for which workspace.")
class Viewer:
    caller: strawberry.Private[Caller]

    @strawberry.field
    async def workspace(self, info: GraphQLInfo) -> Workspace:
        row = await read_access.own_workspace(info.context.services, self.caller)
        subscription = read_access.subscription_of(info.context.services, row)
        return Workspace(
            id=strawberry.ID(row.id),
            name=row.name,
            subscription_status=SubscriptionStatus(subscription.status),
            subscription_ends_at=optional_time(subscription.ends_at),
            created_at=Milliseconds(row.created_at),
        )

    @strawberry.field
    async def user(self, info: GraphQLInfo) -> User | None:
        row = await read_access.own_user(info.context.services, self.caller)
        if row is None:
            return None
        return User(
            id=strawberry.ID(row.id), email=row.email, created_at=Milliseconds(row.created_at)
        )

    @strawberry.field
    async def api_key(self, info: GraphQLInfo) -> ApiKey | None:
        row = await read_access.own_api_key(info.context.services, self.caller)
        return api_key_of(row) if row else None

    @strawberry.field
    async def agent(self, info: GraphQLInfo) -> Agent | None:
        row = await read_access.own_agent(info.context.services, self.caller)
        return agent_of(row) if row else None


@input_of(SignUp, "A new person and the name of their workspace.")
class SignUpInput:
    pass


@strawberry.input(description="An email and a password.")
class SignInInput:
    email: str
    password: str


@strawberry.type(description="Who is signed in now; the session came as a cookie.")
class SessionPayload:
    viewer: Viewer


@strawberry.type(description="The session that was ended.")
class SignOutPayload:
    ok: bool


@strawberry.type
class ViewerQuery:
    @strawberry.field(description="The caller: a signed-in person, an API key or an agent.")
    def viewer(self, info: GraphQLInfo) -> Viewer:
        return Viewer(caller=require_known(info.context.caller, EVERYBODY))


@strawberry.type
class SessionMutation:
    @strawberry.mutation(
        description="Create a person with a workspace, and sign in.", metadata=checks_password()
    )
    async def sign_up(self, info: GraphQLInfo, input: SignUpInput) -> SessionPayload:
        require_open_sign_up(info.context.services)
        return _signed_in(
            info, await sign_up(info.context.services, validated(info, SignUp, input))
        )

    @strawberry.mutation(description="Sign in.", metadata=checks_password())
    async def sign_in(self, info: GraphQLInfo, input: SignInInput) -> SessionPayload:
        context = info.context
        session = await sign_in(
            context.services, email=input.email, password=input.password, address=context.address
        )
        return _signed_in(info, session)

    @strawberry.mutation(description="Sign out; the session is dead at once.")
    async def sign_out(self, info: GraphQLInfo) -> SignOutPayload:
        await sign_out(info.context.services, info.context.caller)
        info.context.session_cookie.is_cleared = True
        return SignOutPayload(ok=True)


def _signed_in(info: GraphQLInfo, session: OpenSession) -> SessionPayload:
    info.context.session_cookie.token = session.token
    caller = Caller(
        kind=CallerKind.SESSION,
        workspace_id=session.workspace_id,
        credential_id=session.id,
        user_id=session.user_id,
        subscription_is_active=False,
    )
    info.context.caller = caller
    return SessionPayload(viewer=Viewer(caller=caller))
