"""Deliveries: one event sent to one webhook."""

from enum import StrEnum


class DeliveryStatus(StrEnum):
    """The status of a delivery."""

    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"
