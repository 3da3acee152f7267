"""When a connection reads on."""

import asyncio
from collections.abc import Callable

from uvicorn.protocols.http.flow_control import FlowControl


class OrderedFlow(FlowControl):
    """Reads nothing more while requests wait in line; uvicorn's own reads on at every answer."""

    def __init__(self, transport: asyncio.Transport, is_full: Callable[[], bool]) -> None:
        super().__init__(transport)
        self._is_full = is_full

    def resume_reading(self) -> None:
        """Read on, if there is room."""
        if not self._is_full():
            super().resume_reading()
