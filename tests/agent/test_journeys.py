"""An agent against the real server: nothing is done twice, and nothing that was done is lost."""

import signal
from datetime import datetime
from itertools import pairwise

from tests.agent.conftest import StartAgent
from tests.agent.product import Customer
from tests.agent.proxy import Proxy
from tests.waiting import until


async def test_a_task_is_performed_as_soon_as_it_is_created(
    customer: Customer, start_agent: StartAgent
) -> None:
    agent = start_agent()
    await until(lambda: "live updates: connected" in agent.log, 10)
    task_id = await customer.create_task("jane")
    task = await customer.wait_for(task_id, "COMPLETED")
    assert task["result"] == {"success": True, "attempt": 1}
    assert [attempt["outcome"] for attempt in task["attempts"]] == ["COMPLETED"]


async def test_what_was_created_before_the_agent_started_is_performed(
    customer: Customer, start_agent: StartAgent
) -> None:
    task_ids = [await customer.create_task(f"jane-{number}") for number in range(3)]
    agent = start_agent()
    for task_id in task_ids:
        await customer.wait_for(task_id, "COMPLETED")
    assert [one.task_id for one in agent.trace if one.what == "began"] == task_ids


async def test_one_account_has_one_task_at_a_time_and_two_accounts_have_two(
    customer: Customer, start_agent: StartAgent
) -> None:
    agent = start_agent(
        accounts=["https://linkedin.com/in/one", "https://linkedin.com/in/two"],
    )
    await until(lambda: agent.log.count("serving the LinkedIn account") == 2, 10)
    one, two = await customer.accounts("one", "two")
    first = await customer.create_task("wait-1", linkedin_account_id=one)
    second = await customer.create_task("wait-2", linkedin_account_id=one)
    other = await customer.create_task("wait-3", linkedin_account_id=two)
    await until(lambda: agent.did("began", first) and agent.did("began", other), 10)
    assert not agent.did("began", second)
    agent.let_go_on()
    await customer.wait_for(second, "COMPLETED")
    assert agent.did("ended", first)[0].at <= agent.did("began", second)[0].at


async def test_a_completion_whose_answer_was_lost_is_repeated_in_the_same_words(
    customer: Customer, start_agent: StartAgent, proxy: Proxy
) -> None:
    proxy.lose_answer_to("CompleteTask", times=2)
    task_id = await customer.create_task("jane")
    agent = start_agent()
    await until(lambda: "reported as completed" in agent.log, 15)
    sent = proxy.sent("CompleteTask")
    assert len(sent) == 3
    assert sent[0] == sent[1] == sent[2]
    assert len(agent.did("began", task_id)) == 1
    assert (await customer.read_task(task_id))["attemptCount"] == 1


async def test_a_start_whose_answer_was_lost_does_not_act_twice(
    customer: Customer, start_agent: StartAgent, proxy: Proxy
) -> None:
    proxy.lose_answer_to("StartTask")
    task_id = await customer.create_task("jane", "message")
    agent = start_agent()
    task = await customer.wait_for(task_id, "COMPLETED")
    assert task["attemptCount"] == 1
    assert len(agent.did("began", task_id)) == 1


async def test_an_agent_killed_between_acting_and_reporting_reports_and_does_not_act_again(
    customer: Customer, start_agent: StartAgent, proxy: Proxy
) -> None:
    gate = proxy.hold("CompleteTask")
    task_id = await customer.create_task("jane", "message")
    agent = start_agent()
    await until(lambda: proxy.sent("CompleteTask"), 10)
    agent.kill()
    gate.set()
    assert (await customer.read_task(task_id))["status"] == "PROCESSING"
    agent.start()
    task = await customer.wait_for(task_id, "COMPLETED")
    assert task["result"]["success"] is True
    assert len(agent.did("began", task_id)) == 1


async def test_an_agent_killed_while_acting_neither_acts_again_nor_claims_that_it_is_done(
    customer: Customer, start_agent: StartAgent, proxy: Proxy
) -> None:
    task_id = await customer.create_task("wait", "message")
    agent = start_agent(lease_seconds=10)
    await until(lambda: agent.did("began", task_id), 10)
    agent.kill()
    agent.let_go_on()
    agent.start()
    task = await customer.wait_for(task_id, "FAILED", within_seconds=20)
    assert task["result"]["error"]["code"] == "outcome_unknown"
    assert [one.what for one in agent.trace] == ["began"]
    assert proxy.sent("CompleteTask") == proxy.sent("FailTask") == []
    assert f"task {task_id}: started by an earlier run; its outcome is unknown" in agent.log


async def test_sigterm_lets_the_agent_finish_what_it_began(
    customer: Customer, start_agent: StartAgent
) -> None:
    begun = await customer.create_task("wait-1")
    agent = start_agent()
    await until(lambda: agent.did("began", begun), 10)
    waiting = await customer.create_task("wait-2")
    agent.send(signal.SIGTERM)
    await until(lambda: "stopping" in agent.log)
    agent.let_go_on()
    assert await agent.ended() == 0
    assert (await customer.read_task(begun))["status"] == "COMPLETED"
    assert (await customer.read_task(waiting))["status"] == "PENDING"
    assert not agent.did("began", waiting)


async def test_sigterm_lets_the_agent_release_what_it_only_claimed(
    customer: Customer, start_agent: StartAgent, proxy: Proxy
) -> None:
    gate = proxy.hold("StartTask")
    await customer.create_task("wait-1")
    await customer.create_task("wait-2")
    agents = [start_agent("one"), start_agent("two")]
    await until(lambda: len(proxy.sent("StartTask")) == 2, 10)
    gate.set()
    busy = await until(lambda: next((a for a in agents if "ACCOUNT_BUSY" in a.log), None), 10)
    busy.send(signal.SIGTERM)
    assert await busy.ended() == 0
    [released] = proxy.sent("ReleaseTask")
    task = await customer.read_task(released["input"]["taskId"])
    assert task["status"] == "PENDING"
    assert [attempt["outcome"] for attempt in task["attempts"]] == ["RELEASED"]
    assert busy.trace == []


async def test_a_second_signal_does_not_wait_for_what_was_begun(
    customer: Customer, start_agent: StartAgent
) -> None:
    task_id = await customer.create_task("wait")
    agent = start_agent()
    await until(lambda: agent.did("began", task_id), 10)
    agent.send(signal.SIGTERM)
    await until(lambda: "stopping" in agent.log)
    agent.send(signal.SIGTERM)
    assert await agent.ended() == 1
    assert agent.did("cancelled", task_id)
    assert (await customer.read_task(task_id))["status"] == "PROCESSING"


async def test_an_agent_that_cannot_renew_stops_acting_before_its_lease_ends(
    customer: Customer, start_agent: StartAgent, proxy: Proxy
) -> None:
    task_id = await customer.create_task("wait", "message")
    agent = start_agent(lease_seconds=10)
    await until(lambda: agent.did("began", task_id), 10)
    [attempt] = (await customer.read_task(task_id))["attempts"]
    proxy.cut()
    [stopped] = await until(lambda: agent.did("cancelled", task_id), 15)
    claimed_at = datetime.fromisoformat(attempt["claimedAt"]).timestamp()
    assert stopped.at < claimed_at + 10
    task = await customer.wait_for(task_id, "FAILED", within_seconds=20)
    assert task["result"]["error"]["code"] == "outcome_unknown"
    proxy.mend()
    next_id = await customer.create_task("jane")
    await customer.wait_for(next_id, "COMPLETED", within_seconds=30)
    assert len(agent.did("began", task_id)) == 1


async def test_a_lease_is_renewed_for_as_long_as_acting_takes(
    customer: Customer, start_agent: StartAgent, proxy: Proxy
) -> None:
    task_id = await customer.create_task("wait", "message")
    agent = start_agent(lease_seconds=10)
    await until(lambda: len(proxy.sent("RenewLeases")) >= 4, 20)
    agent.let_go_on()
    task = await customer.wait_for(task_id, "COMPLETED")
    assert len(task["attempts"]) == 1


async def test_an_agent_that_was_cut_off_carries_on_when_the_network_is_back(
    customer: Customer, start_agent: StartAgent, proxy: Proxy
) -> None:
    agent = start_agent()
    await until(lambda: "live updates: connected" in agent.log, 10)
    proxy.cut()
    await until(lambda: "connecting again" in agent.log, 10)
    task_id = await customer.create_task("jane")
    proxy.mend()
    await customer.wait_for(task_id, "COMPLETED", within_seconds=20)


async def test_a_report_is_sent_once_the_network_is_back(
    customer: Customer, start_agent: StartAgent, proxy: Proxy
) -> None:
    task_id = await customer.create_task("wait")
    agent = start_agent()
    await until(lambda: agent.did("began", task_id), 10)
    proxy.cut()
    agent.let_go_on()
    await until(lambda: "could not be reported" in agent.log, 10)
    proxy.mend()
    task = await customer.wait_for(task_id, "COMPLETED", within_seconds=20)
    assert task["result"]["success"] is True


async def test_two_agents_never_act_for_one_account_at_once(
    customer: Customer, start_agent: StartAgent
) -> None:
    agents = [start_agent("one"), start_agent("two")]
    task_ids = [await customer.create_task(f"jane-{number}") for number in range(12)]
    for task_id in task_ids:
        await customer.wait_for(task_id, "COMPLETED", within_seconds=30)
    spans = sorted(
        (began.at, agent.did("ended", began.task_id)[0].at)
        for agent in agents
        for began in agent.trace
        if began.what == "began"
    )
    assert len(spans) == len(task_ids)
    assert all(ended <= began for (_, ended), (began, _) in pairwise(spans))


async def test_a_busy_account_is_tried_again_under_the_same_lease(
    customer: Customer, start_agent: StartAgent, proxy: Proxy
) -> None:
    gate = proxy.hold("StartTask")
    first, second = await customer.create_task("wait-1"), await customer.create_task("wait-2")
    agents = [start_agent("one"), start_agent("two")]
    await until(lambda: len(proxy.sent("StartTask")) == 2, 10)
    gate.set()
    begun = await until(lambda: [one for agent in agents for one in agent.trace], 10)
    await until(lambda: any("ACCOUNT_BUSY" in agent.log for agent in agents), 10)
    assert len(begun) == 1
    for agent in agents:
        agent.let_go_on()
    await customer.wait_for(first, "COMPLETED", within_seconds=20)
    task = await customer.wait_for(second, "COMPLETED", within_seconds=20)
    assert len(task["attempts"]) == 1


async def test_the_log_shows_no_token_no_lease_and_no_message(
    customer: Customer, start_agent: StartAgent, proxy: Proxy
) -> None:
    proxy.lose_answer_to("CompleteTask")
    task_id = await customer.create_task("jane", "message")
    agent = start_agent()
    await until(lambda: "reported as completed" in agent.log, 10)
    await until(lambda: "live updates: connected" in agent.log, 10)
    lease_token = proxy.sent("StartTask")[0]["input"]["leaseToken"]
    for secret in (customer.workspace["agent_token"], lease_token, "this is secret"):
        assert secret not in agent.log
    assert task_id in agent.log
