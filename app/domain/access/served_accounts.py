"""Which agent serves which LinkedIn account: one that asked for the account's work lately."""

from app.domain.times import MS_PER_DAY, MS_PER_HOUR

EVERY_ACCOUNT = "*"
"""Stored instead of an account: an agent that named none serves all, those connected later too."""

MAX_ACCOUNTS = 1_000
SERVES_FOR_MS = 7 * MS_PER_DAY
NOTED_EVERY_MS = MS_PER_HOUR
