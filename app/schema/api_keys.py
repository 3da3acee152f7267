"""API keys: types, queries and mutations."""

import strawberry

from app.actions.access import read_access
from app.actions.access.create_api_key import create_api_key
from app.actions.access.revoke_api_key import revoke_api_key
from app.domain.access.api_key import NewApiKey
from app.models.tables.credential import ApiKey as ApiKeyRow
from app.schema.context import GraphQLInfo
from app.schema.types.inputs import input_of, validated
from app.schema.types.relay import Node
from app.schema.types.scalars import Milliseconds, optional_time


@strawberry.type(description="The credential of a program; its token was shown once.")
class ApiKey(Node):
    name: str
    hint: str
    created_at: Milliseconds
    last_used_at: Milliseconds | None
    expires_at: Milliseconds | None
    revoked_at: Milliseconds | None


def api_key_of(row: ApiKeyRow) -> ApiKey:
    """One key as GraphQL shows it."""
    return ApiKey(
        id=strawberry.ID(row.id),
        name=row.name,
        hint=row.hint,
        created_at=Milliseconds(row.created_at),
        last_used_at=optional_time(row.last_used_at),
        expires_at=optional_time(row.expires_at),
        revoked_at=optional_time(row.revoked_at),
    )


@input_of(NewApiKey, "A key to be made; without expiresAt it lives until it is revoked.")
class CreateApiKeyInput:
    pass


@strawberry.type(description="A new key; its token is shown here and never again.")
class CreateApiKeyPayload:
    api_key: ApiKey
    token: str


@strawberry.type(description="A revoked key.")
class RevokeApiKeyPayload:
    api_key: ApiKey


@strawberry.type
class ApiKeyQuery:
    @strawberry.field(description="The workspace's keys, newest first; revoked ones for 30 days.")
    async def api_keys(self, info: GraphQLInfo) -> list[ApiKey]:
        rows = await read_access.all_api_keys(info.context.services, info.context.caller)
        return [api_key_of(row) for row in rows]


@strawberry.type
class ApiKeyMutation:
    @strawberry.mutation(description="Create an API key.")
    async def create_api_key(
        self, info: GraphQLInfo, input: CreateApiKeyInput
    ) -> CreateApiKeyPayload:
        new = validated(info, NewApiKey, input)
        created = await create_api_key(info.context.services, info.context.caller, new)
        return CreateApiKeyPayload(api_key=api_key_of(created.api_key), token=created.token)

    @strawberry.mutation(description="Revoke a key; it stops working everywhere within 5 seconds.")
    async def revoke_api_key(self, info: GraphQLInfo, id: strawberry.ID) -> RevokeApiKeyPayload:
        row = await revoke_api_key(info.context.services, info.context.caller, id)
        return RevokeApiKeyPayload(api_key=api_key_of(row))
