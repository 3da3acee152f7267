"""Wires the worker: notifications, the dispatcher of deliveries, the scheduled jobs."""

import asyncio
import signal
from functools import partial

from app.gateways.background import end, start_loop
from app.jobs.delivery_dispatcher import DeliveryDispatcher
from app.jobs.heartbeat import beat_for_ever
from app.jobs.metrics_page import serving_metrics
from app.jobs.queue import answer_notifications
from app.jobs.schedule import purge_for_ever, sweep_for_ever
from app.settings import Settings
from app.wiring import open_services, traced

_FINISH_SECONDS = 20.0


async def run_worker(settings: Settings, host: str, metrics_port: int | None) -> None:
    """Runs until SIGTERM or SIGINT; then finishes the deliveries in flight or releases them."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    with traced(settings, "zenmode-worker"):
        await _work(settings, host, metrics_port, stop)


async def _work(
    settings: Settings, host: str, metrics_port: int | None, stop: asyncio.Event
) -> None:
    async with (
        open_services(settings) as services,
        serving_metrics(services, host, metrics_port),
    ):
        dispatcher = DeliveryDispatcher(services)
        loops = [
            start_loop(
                "answer the queue", partial(answer_notifications, settings.redis, dispatcher.wake)
            ),
            start_loop("beat", partial(beat_for_ever, settings.redis)),
            start_loop("sweep", partial(sweep_for_ever, services)),
            start_loop("purge", partial(purge_for_ever, services)),
        ]
        sending = start_loop("send deliveries", dispatcher.run)
        await stop.wait()
        await dispatcher.stop(_FINISH_SECONDS)
        await end(*loops, sending)
