"""`zenmode`: every way to run the product, each command in a file of its own."""

from app.cli.main import main

__all__ = ["main"]
