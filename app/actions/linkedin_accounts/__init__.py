"""LinkedIn accounts: connected, changed, disconnected, read."""
