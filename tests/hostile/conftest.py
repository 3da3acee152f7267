"""The product, to be ill-treated."""

from tests.rest.conftest import product

__all__ = ["product"]
