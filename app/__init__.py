"""ZenMode's backend: it takes LinkedIn tasks, hands them to agents and sends signed webhooks."""
