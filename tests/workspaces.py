"""Workspaces for tests, without the price of a password for each."""

from dataclasses import replace
from functools import cache

from argon2 import PasswordHasher

from app.actions.operations.bootstrap import DEFAULT_EMAIL, Bootstrapped
from app.actions.operations.bootstrap import bootstrap as bootstrap_action
from app.services.services import Services

PASSWORD = "every-owner-in-tests-has-it"


@cache
def _password_hash() -> str:
    """With the product's own parameters: to verify it costs what it always costs."""
    return PasswordHasher().hash(PASSWORD)


class _PreparedPasswords:
    """Hashes once for the whole test run: a hash takes a fifth of a second of a core."""

    async def hash(self, _password: str) -> str:
        return _password_hash()


async def bootstrap(services: Services, email: str = DEFAULT_EMAIL) -> Bootstrapped:
    """What `zenmode bootstrap` makes; its owner has `PASSWORD`."""
    prepared = replace(services, passwords=_PreparedPasswords())  # type: ignore[arg-type]
    return replace(await bootstrap_action(prepared, email), password=PASSWORD)
