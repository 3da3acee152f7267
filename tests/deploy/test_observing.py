"""deploy/prometheus and deploy/grafana: read by promtool, and about what is really told."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.deploy.stack import ROOT

_PROMETHEUS = ROOT / "deploy" / "prometheus"
_DASHBOARD = ROOT / "deploy" / "grafana" / "zenmode.json"


@pytest.fixture
def promtool() -> str:
    """The program that reads rules."""
    found = shutil.which("promtool")
    if found is None:
        pytest.skip("deploy/prometheus WAS NOT CHECKED: install prometheus (see .ci/run)")
    return found


def run(*words: str | Path) -> None:
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr


def expressions() -> list[str]:
    """Everything that the dashboard asks Prometheus for."""
    dashboard = json.loads(_DASHBOARD.read_text())
    return [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]


def test_prometheus_takes_its_settings_and_rules(promtool: str) -> None:
    run(promtool, "check", "config", _PROMETHEUS / "prometheus.yml")
    run(promtool, "check", "rules", "--lint-fatal", _PROMETHEUS / "alerts.yml")


def test_an_alert_comes_when_it_should_and_not_before(promtool: str, tmp_path: Path) -> None:
    for file in (_PROMETHEUS / "alerts.yml", Path(__file__).with_name("alerts_test.yml")):
        shutil.copy(file, tmp_path)
    run(promtool, "test", "rules", tmp_path / "alerts_test.yml")


def test_prometheus_understands_every_panel(promtool: str, tmp_path: Path) -> None:
    rules = [{"record": f"panel:{number}", "expr": one} for number, one in enumerate(expressions())]
    file = tmp_path / "panels.json"
    file.write_text(json.dumps({"groups": [{"name": "panels", "rules": rules}]}))
    run(promtool, "check", "rules", file)


def test_only_metrics_that_exist_are_queried() -> None:
    app = ROOT / "app"
    places = ("actions/operations/read_metrics", "http/site/metrics_endpoint", "gateways/metrics")
    sources = [app / f"{place}.py" for place in places]
    told = {name for file in sources for name in re.findall(r'"(zenmode_\w+)"', file.read_text())}
    alerts = (_PROMETHEUS / "alerts.yml").read_text()
    asked = re.findall(r"\b(zenmode_\w+)", "\n".join([*expressions(), alerts]))
    assert told
    assert {re.sub(r"_(total|bucket|count|sum)$", "", name) for name in asked} <= told
    assert told <= {re.sub(r"_(total|bucket|count|sum)$", "", name) for name in asked}
