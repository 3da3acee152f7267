"""The product as callers of GraphQL meet it."""

from tests.rest.conftest import limited_product, product

__all__ = ["limited_product", "product"]
