"""Queries of workspaces, people, sessions, API keys and agents."""
