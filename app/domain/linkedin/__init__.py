"""LinkedIn accounts and the addresses of profiles."""
