"""Agents: created, announced, gone, revoked."""
