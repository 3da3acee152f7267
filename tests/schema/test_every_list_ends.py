"""Every list that GraphQL answers has pages, or a most that holds where it grows."""

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    get_named_type,
    get_nullable_type,
    is_introspection_type,
    is_leaf_type,
    is_list_type,
)

from app.graphql_engine.field_rules import PAGE_SIZE
from app.schema import schema

# Why each list without pages ends.
ENDS = {
    "Query.apiKeys": "1,000 a workspace",
    "Query.agents": "200 a workspace",
    "Query.linkedinAccounts": "1,000 a workspace",
    "Query.webhooks": "20 a workspace",
    "Query.attention": "cut at the most that are shown",
    "Usage.days": "at most 90 are asked for",
    "Usage.accounts": "1,000 LinkedIn accounts a workspace",
    "Task.attempts": "the last 100",
    "Task.deliveries": "the last 20",
    "Task.warnings": "what the domain can say of one task",
    "WebhookDelivery.attempts": "one for each wait of the retry schedule, and the first",
    "CreateTasksPayload.tasks": "as many as were sent, 100",
    "ClaimTasksPayload.leases": "as many as were asked for, 50",
    "RenewLeasesPayload.renewed": "as many as were sent",
    "Task.waiting": "one for each of the 16 codes",
    "LinkedInAccount.limits": "two for each kind of action, and one for all",
    "LinkedInAccount.locks": "one for each kind of action, and one for all",
    "LinkedInAccount.servedBy": "cut at the most that are shown",
    "Pacing.hours": "336 may be set",
    "AccountQueue.byCode": "one for each of the 16 codes",
    "Forecast.tasks": "as many as were sent, 100",
    "Forecast.days": "one for each task that was sent, at most",
    "Forecast.problems": "each task that was sent has few fields",
}


def _lists() -> dict[str, GraphQLField]:
    types = [
        one
        for one in schema._schema.type_map.values()
        if isinstance(one, GraphQLObjectType | GraphQLInterfaceType)
        and not is_introspection_type(one)
    ]
    every = {f"{one.name}.{name}": spec for one in types for name, spec in one.fields.items()}
    paged = {get_named_type(spec.type).name for spec in every.values() if PAGE_SIZE in spec.args}
    return {
        path: spec
        for path, spec in every.items()
        if is_list_type(get_nullable_type(spec.type))
        and not is_leaf_type(get_named_type(spec.type))
        and path.partition(".")[0] not in paged
    }


def test_every_list_has_pages_or_a_known_end() -> None:
    assert set(_lists()) - set(ENDS) == set()
