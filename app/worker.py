"""Wires the worker: the doorbell's answer, the courier, the scheduled looks."""

import asyncio
import signal

from app.gateways.background import end
from app.jobs.deliveries import Courier
from app.jobs.heartbeat import beat_for_ever
from app.jobs.metrics_page import serving_metrics
from app.jobs.queue import answer_doorbell
from app.jobs.schedule import purge_for_ever, sweep_for_ever
from app.settings import Settings
from app.wiring import open_outside, traced

_FINISH_SECONDS = 20.0


async def run_worker(settings: Settings, host: str, metrics_port: int | None) -> None:
    """Work until SIGTERM or SIGINT; then finish or give back what was begun."""
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
        open_outside(settings) as outside,
        serving_metrics(outside, host, metrics_port),
    ):
        courier = Courier(outside)
        loops = [
            asyncio.create_task(answer_doorbell(settings.redis, courier.wake)),
            asyncio.create_task(beat_for_ever(settings.redis)),
            asyncio.create_task(sweep_for_ever(outside)),
            asyncio.create_task(purge_for_ever(outside)),
        ]
        sending = asyncio.create_task(courier.run())
        await stop.wait()
        await courier.stop(_FINISH_SECONDS)
        await end(*loops, sending)
