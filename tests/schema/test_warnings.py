"""A message with a placeholder left in it is accepted, with a warning in GraphQL alone."""

from tests.rest.product import Product

PROFILE = "https://linkedin.com/in/jane-doe"
WARNINGS = "query($id: ID!) { task(id: $id) { warnings { code message taskId } } }"


async def test_a_placeholder_left_in_a_message_is_warned_of(product: Product) -> None:
    plain = await product.create_task()
    task = await product.create_task(
        payload={"profile_url": PROFILE, "message": "Hi {{first_name}}, [First Name]"}
    )

    shown = (await product.graphql(WARNINGS, id=task["id"]))["data"]["task"]["warnings"]
    again = (await product.graphql(WARNINGS, id=task["id"]))["data"]["task"]["warnings"]
    none = (await product.graphql(WARNINGS, id=plain["id"]))["data"]["task"]["warnings"]

    assert [(one["code"], one["taskId"]) for one in shown] == [("UNFILLED_TEMPLATE", None)]
    assert "{{first_name}}" in shown[0]["message"]
    assert again == shown
    assert none == []
    assert list(task) == list(plain)
    assert "warnings" not in task


async def test_graphql_speaks_of_fields_in_its_own_names(product: Product) -> None:
    create = (
        "mutation($i: CreateTaskInput!) { createTask(input: $i) { task { id } } }",
        "mutation($i: [CreateTaskInput!]!) { createTasks(inputs: $i) { tasks { id } } }",
    )
    order = {
        "actionType": "VIEW_PROFILE",
        "payload": {"profileUrl": "x", "message": "hi"},
        "maxRetries": 11,
    }
    elsewhere = {
        "actionType": "FOLLOW",
        "payload": {"profileUrl": PROFILE},
        "linkedinAccountId": "acc_x",
    }

    (one,) = (await product.graphql(create[0], i=order))["errors"]
    (batch,) = (await product.graphql(create[1], i=[elsewhere, elsewhere]))["errors"]
    (too_few,) = (await product.graphql(create[1], i=[]))["errors"]
    (single,) = (await product.graphql(create[0], i=elsewhere))["errors"]
    (status,) = (await product.graphql("{ tasks(first: 0, offset: -1) { nodes { id } } }"))[
        "errors"
    ]

    assert one["message"] == (
        "payload.profileUrl must be a LinkedIn profile address; "
        "payload.message is not allowed for this kind of action; "
        "maxRetries must be between 0 and 10"
    )
    assert batch["message"] == (
        "inputs[0].linkedinAccountId is not one of this workspace's LinkedIn accounts; "
        "inputs[1].linkedinAccountId is not one of this workspace's LinkedIn accounts"
    )
    assert single["message"] == (
        "linkedinAccountId is not one of this workspace's LinkedIn accounts"
    )
    assert too_few["message"] == "inputs must hold 1 to 100 tasks"
    assert status["message"] == "first must be between 1 and 100; offset must be 0 or more"
