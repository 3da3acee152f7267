"""The HTTP and WebSocket protocols below ASGI: deadlines, limits, shutdown."""
