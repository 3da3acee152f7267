"""Actions called with plain objects, which are read and validated as the APIs do it."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from app.actions.access import create_api_key as api_keys
from app.actions.access import sign_up as sign_ups
from app.actions.agents import announce_agent as announcing
from app.actions.agents import create_agent as agents
from app.actions.leases import claim_tasks as claiming
from app.actions.leases import complete_task as completing
from app.actions.leases import fail_task as failing
from app.actions.leases import renew_leases as renewing
from app.actions.linkedin_accounts import connect_linkedin_account as connecting
from app.actions.linkedin_accounts import update_linkedin_account as updating
from app.actions.pacing import report_manual_actions as reporting
from app.actions.pacing import update_pacing as pacing
from app.actions.steps.access.open_session import OpenSession
from app.actions.steps.tasks.insert_tasks import InsertedTask
from app.actions.tasks import create_tasks as tasks
from app.actions.webhooks import create_webhook as webhooks
from app.actions.webhooks import update_webhook as changing
from app.domain.access.agent import Announcement, NewAgent
from app.domain.access.api_key import NewApiKey
from app.domain.access.caller import Caller, require
from app.domain.access.user import SignUp
from app.domain.input.read_input import read_input
from app.domain.leases.lease import Completion, Failure, Lease, LeaseRenewal, TaskClaim
from app.domain.linkedin.linkedin_account import LinkedInAccountChange, NewLinkedInAccount
from app.domain.pacing.pacing_inputs import ManualActions, PacingChange
from app.domain.tasks.new_task import NewTask, read_new_tasks
from app.domain.webhooks.webhook import NewWebhook, WebhookChange
from app.models.linkedin.linkedin_account_queries import AccountRow
from app.models.tables.credential import Agent
from app.models.tables.webhook import Webhook
from app.models.tasks.task_rows import TaskRow
from app.services.services import Services

Sent = Mapping[str, object]
Input = TypeVar("Input")


def _read(
    described_type: type[Input], services: Services, caller: Caller | None, sent: Sent
) -> Input:
    senders: Any = getattr(described_type, "senders", None)
    if senders is not None:
        require(caller, senders)
    return read_input(described_type, sent, now=services.now())


async def create_task(services: Services, caller: Caller | None, sent: Sent) -> InsertedTask:
    """Creates one task."""
    return await tasks.create_task(services, caller, _read(NewTask, services, caller, sent))


async def create_tasks(
    services: Services, caller: Caller | None, sent: Sequence[Sent]
) -> list[InsertedTask]:
    """Creates a batch of tasks."""
    require(caller, NewTask.senders)
    return await tasks.create_tasks(services, caller, read_new_tasks(sent, services.now()))


async def claim_tasks(services: Services, caller: Caller | None, **sent: object) -> list[TaskRow]:
    """Claims tasks of the accounts `account_ids`."""
    sent["linkedin_account_ids"] = sent.pop("account_ids")
    wish = _read(TaskClaim, services, caller, sent)
    return await claiming.claim_tasks(services, caller, wish)


async def renew_leases(
    services: Services, caller: Caller | None, leases: Sequence[Lease], lease_seconds: int
) -> renewing.Renewal:
    """Extends leases."""
    sent = [{"task_id": lease.task_id, "lease_token": lease.token} for lease in leases]
    wish = _read(LeaseRenewal, services, caller, {"leases": sent, "lease_seconds": lease_seconds})
    return await renewing.renew_leases(services, caller, wish)


async def complete_task(
    services: Services, caller: Caller | None, lease: Lease, result: object, **more: object
) -> TaskRow:
    """Reports that the action was performed."""
    completion = _read(Completion, services, caller, {"result": result, **more})
    return await completing.complete_task(services, caller, lease, completion)


async def fail_task(services: Services, caller: Caller | None, lease: Lease, sent: Sent) -> TaskRow:
    """Reports a failure."""
    return await failing.fail_task(
        services, caller, lease, _read(Failure, services, caller, {"retryable": False, **sent})
    )


async def connect_linkedin_account(
    services: Services, caller: Caller | None, sent: Sent
) -> AccountRow:
    """Connects an account."""
    new = _read(NewLinkedInAccount, services, caller, sent)
    return await connecting.connect_linkedin_account(services, caller, new)


async def update_linkedin_account(
    services: Services, caller: Caller | None, account_id: str, sent: Sent
) -> AccountRow:
    """Changes an account."""
    change = _read(LinkedInAccountChange, services, caller, {"id": account_id, **sent})
    return await updating.update_linkedin_account(services, caller, change)


async def update_pacing(
    services: Services, caller: Caller | None, account_id: str, sent: Sent
) -> AccountRow:
    """Changes what an account may do."""
    sent = {"linkedin_account_id": account_id, **sent}
    change = _read(PacingChange, services, caller, sent)
    return await pacing.update_pacing(services, caller, change)


async def report_manual_actions(
    services: Services, caller: Caller | None, account_id: str, actions: list[Sent]
) -> AccountRow:
    """Counts what a person did by hand."""
    sent = {"linkedin_account_id": account_id, "actions": actions}
    manual = _read(ManualActions, services, caller, sent)
    return await reporting.report_manual_actions(services, caller, manual)


async def create_webhook(
    services: Services, caller: Caller | None, sent: Sent
) -> webhooks.CreatedWebhook:
    """Creates a webhook."""
    new = _read(NewWebhook, services, caller, sent)
    return await webhooks.create_webhook(services, caller, new)


async def update_webhook(
    services: Services, caller: Caller | None, webhook_id: int, sent: Sent
) -> Webhook:
    """Changes a webhook."""
    change = _read(WebhookChange, services, caller, {"id": webhook_id, **sent})
    return await changing.update_webhook(services, caller, change)


async def create_api_key(
    services: Services, caller: Caller | None, sent: Sent
) -> api_keys.CreatedApiKey:
    """Creates an API key."""
    new = _read(NewApiKey, services, caller, sent)
    return await api_keys.create_api_key(services, caller, new)


async def create_agent(
    services: Services, caller: Caller | None, sent: Sent
) -> agents.CreatedAgent:
    """Creates an agent."""
    return await agents.create_agent(services, caller, _read(NewAgent, services, caller, sent))


async def announce_agent(services: Services, caller: Caller | None, sent: Sent) -> Agent:
    """Announces an agent."""
    announcement = _read(Announcement, services, caller, sent)
    return await announcing.announce_agent(services, caller, announcement)


async def sign_up(services: Services, sent: Sent) -> OpenSession:
    """Signs a person up."""
    sign_ups.require_open_sign_up(services)
    return await sign_ups.sign_up(services, _read(SignUp, services, None, sent))
