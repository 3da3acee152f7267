"""docker-compose.yml and Dockerfile: what they promise, read from them."""

import re
from typing import Any

import pytest

from tests.deploy.stack import ROOT, read_compose

SERVICES: dict[str, Any] = read_compose()["services"]
EVERY = pytest.mark.parametrize("name", SERVICES)


@EVERY
def test_a_container_can_do_nothing_but_its_work(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert str(service["user"]).partition(":")[0] not in ("", "0", "root")
    assert set(service["deploy"]["resources"]["limits"]) == {"cpus", "memory"}


@EVERY
def test_what_is_run_is_pinned(name: str) -> None:
    _, _, tag = SERVICES[name]["image"].partition(":")
    assert re.match(r"\d+\.\d+(\.\d+)?", tag)


@EVERY
def test_what_goes_on_says_how_it_is_and_what_ends_is_not_started_again(name: str) -> None:
    service = SERVICES[name]
    if name == "migrate":
        assert service["restart"] == "no"
    else:
        assert service["restart"] == "unless-stopped"
        assert service["healthcheck"]["test"]


def test_secrets_are_files() -> None:
    compose = read_compose()
    assert all(set(secret) == {"file"} for secret in compose["secrets"].values())
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            is_secret = re.search("PASSWORD|SECRET|DATABASE_URL", name)
            assert not is_secret or (name.endswith("_FILE") and value.startswith("/run/secrets/"))
    assert "secrets/" in (ROOT / ".gitignore").read_text().split()


def test_only_the_proxy_is_reached_from_outside() -> None:
    assert [name for name, one in SERVICES.items() if "ports" in one] == ["proxy"]
    assert read_compose()["networks"]["inside"] == {"internal": True}
    assert {name: SERVICES[name]["networks"] for name in ("postgres", "redis", "proxy")} == {
        "postgres": ["inside"],
        "redis": ["inside"],
        "proxy": ["outside"],
    }


def test_the_image_is_pinned_locked_and_not_roots() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert set(re.findall(r"^FROM (\S+)", dockerfile, re.MULTILINE)) == {
        "python:3.11.9-slim-bookworm",
        "node:24.19.0-bookworm-slim",
    }
    assert "npm ci --ignore-scripts" in dockerfile
    assert "--require-hashes -r requirements.lock" in dockerfile
    uid = re.search(r"--uid (\d+)", dockerfile)
    assert uid
    assert SERVICES["web"]["user"] == f"{uid[1]}:{uid[1]}"
    assert re.search(r"^USER zenmode$", dockerfile, re.MULTILINE)
