"""An outage is two lines in the log, not two a second."""

from structlog.testing import capture_logs

from app.gateways.outage import Outage


def test_an_outage_is_logged_when_it_begins_and_when_it_is_over() -> None:
    outage = Outage("it is away")
    with capture_logs() as lines:
        outage.worked()
        for _ in range(100):
            outage.failed(OSError())
        outage.worked()
        outage.worked()
        outage.failed(TimeoutError())
    assert [(line["log_level"], line["event"]) for line in lines] == [
        ("warning", "it is away"),
        ("info", "over: it is away"),
        ("warning", "it is away"),
    ]
