"""Queries about the pacing of LinkedIn accounts: limits, gates, locks, actions."""
