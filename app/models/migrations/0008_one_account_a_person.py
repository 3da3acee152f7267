"""Accounts that were connected under several spellings of one person's address become one.

Each account is from now on known by its person: the address's slug, percent-decoded, NFKC, case
folded. Processes of the release before go on by the spelling; what they make meanwhile is put
together when the account is connected again, as agents do whenever they start.
"""

from typing import Any

from tortoise import migrations
from tortoise.migrations import operations as ops

from app.models.engine.database import Queries
from app.models.linkedin.linkedin_account_merging import merge_all


async def _merge(_apps: object, editor: Any) -> None:
    client = editor.client
    await merge_all(Queries(client, is_sqlite=client.capabilities.dialect == "sqlite"))


def _nothing(_apps: object, _editor: object) -> None:
    return


class Migration(migrations.Migration):
    dependencies = [("models", "0007_lists_that_end")]

    operations = [ops.RunPython(_merge, _nothing)]
