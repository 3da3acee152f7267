"""The tables, as Tortoise's models."""
