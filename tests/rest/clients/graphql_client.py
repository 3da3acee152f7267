"""What a customer writes with the client of ariadne-codegen: `python graphql_client.py URL KEY`."""

import asyncio
import sys

from zenmode_graphql import ActionType, Client, CreateTaskInput, TaskPayloadInput


async def main(url: str, key: str) -> None:
    async with Client(f"{url}/graphql", {"Authorization": f"Bearer {key}"}) as client:
        payload = TaskPayloadInput(profileUrl="https://linkedin.com/in/jane-doe")
        order = CreateTaskInput(actionType=ActionType.FOLLOW, payload=payload)
        created = (await client.create_task(order)).create_task
        found = (await client.get_task(created.task.id)).task
        assert found is not None
        assert found.profile_url == payload.profile_url
        missing = (await client.get_task("task_m1abc2de_x7k2p9qr")).task
        print(found.status.value, found.message, found.error, missing, created.task.created_at[-1])


asyncio.run(main(sys.argv[1], sys.argv[2]))
