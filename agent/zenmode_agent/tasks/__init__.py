"""Claiming, running and reporting tasks."""
