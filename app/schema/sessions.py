"""Signing up, in and out."""

import strawberry

from app.actions.access.sign_in import sign_in
from app.actions.access.sign_out import sign_out
from app.actions.access.sign_up import require_open_sign_up, sign_up
from app.actions.steps.access.open_session import OpenSession
from app.domain.access.caller import Caller, CallerKind
from app.domain.access.user import SignUp
from app.graphql_engine.field_rules import checks_password
from app.schema.access import Viewer
from app.schema.context import GraphQLInfo
from app.schema.inputs import input_of, validated


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
