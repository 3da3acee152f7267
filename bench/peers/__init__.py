"""What the product is measured against: the same work done in other ways.

Each reads what it needs from the environment: BENCH_DATABASE_URL, BENCH_REDIS_URL, BENCH_PORT, and
the limits BENCH_RATE_LIMIT (a minute) and BENCH_DAILY_LIMIT. Each checks the key by its hash (read
from the database at most every four seconds), counts the request in Redis with the product's own
script, checks the order, inserts a task under the account's daily limit, and tells of it in Redis.
"""
