"""Connections, transactions, migrations of both databases."""
