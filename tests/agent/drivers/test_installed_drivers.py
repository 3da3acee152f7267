"""Finding drivers among the installed packages."""

from pathlib import Path

import pytest

from zenmode_agent.drivers.dry_run import DryRunDriver
from zenmode_agent.drivers.installed_drivers import UnknownDriver, load_driver

_MODULE = """
class SlowDriver:
    def __init__(self, pace_seconds):
        self.pace_seconds = pace_seconds

    async def perform(self, task):
        return {}
"""


def test_the_dry_run_is_installed() -> None:
    assert isinstance(load_driver("dry-run", 1.0), DryRunDriver)


def test_an_installed_package_can_bring_a_driver(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    about = tmp_path / "slow_driver-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: slow-driver\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[zenmode.drivers]\nslow = slow_driver:SlowDriver\n")
    (tmp_path / "slow_driver.py").write_text(_MODULE)
    monkeypatch.syspath_prepend(tmp_path)
    driver = load_driver("slow", 2.5)
    assert type(driver).__name__ == "SlowDriver"
    assert driver.pace_seconds == 2.5  # type: ignore[attr-defined]


def test_an_unknown_driver_is_refused_with_the_names_of_the_known() -> None:
    with pytest.raises(UnknownDriver, match=r"no driver 'selenium'; installed: .*dry-run"):
        load_driver("selenium", 1.0)
