"""Callers and what they may do: users, keys, agents, tokens, limits."""
