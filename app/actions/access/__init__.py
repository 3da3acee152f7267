"""Who calls: people, sessions, keys, rate limits, subscriptions."""
