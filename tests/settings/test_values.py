"""Each setting's values, taken and refused."""

from ipaddress import ip_network
from pathlib import Path

import pytest
import trustme

from app.settings import SettingsError, load_settings


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("PUBLIC_URL", "https://zen.example.com/", "https://zen.example.com"),
        ("PUBLIC_URL", "https://Zen.Example.com:443", "https://zen.example.com"),
        ("PUBLIC_URL", "http://[::1]:8000", "http://[::1]:8000"),
        ("CORS_ORIGINS", "https://a.example, http://b.example:81", None),
        ("RATE_LIMIT_PER_MINUTE", "1000", 1000),
        ("DAILY_TASK_LIMIT", "1", 1),
        ("WEBHOOK_RETRY_SECONDS", "0, 1,2", (0, 1, 2)),
        ("WEBHOOK_TIMEOUT_SECONDS", "0.5", 0.5),
        ("WEBHOOK_ALLOWED_NETWORKS", "127.0.0.0/8,::1/128", None),
        ("RETRY_BACKOFF_SECONDS", "3", 3.0),
        ("SIGN_UP", "closed", "closed"),
        ("SUBSCRIPTIONS", "off", "off"),
        ("RETENTION_DAYS", "1000000000", 1_000_000_000),
        ("LOG_FORMAT", "json", "json"),
        ("KEEP_ALIVE_SECONDS", "600", 600),
        ("TRUSTED_PROXIES", "10.0.0.7", (ip_network("10.0.0.7/32"),)),
    ],
)
def test_a_value_is_read_as_what_it_stands_for(
    tmp_path: Path, name: str, text: str, expected: object
) -> None:
    settings = load_settings({f"ZENMODE_{name}": text}, None, tmp_path)
    lists = {
        "CORS_ORIGINS": ("https://a.example", "http://b.example:81"),
        "WEBHOOK_ALLOWED_NETWORKS": (ip_network("127.0.0.0/8"), ip_network("::1/128")),
    }
    assert getattr(settings, name.lower()) == lists.get(name, expected)


def test_a_certificate_file_is_taken_where_it_is(tmp_path: Path) -> None:
    file = tmp_path / "ca.pem"
    trustme.CA().cert_pem.write_to_path(file)
    settings = load_settings({"ZENMODE_WEBHOOK_CA_BUNDLE": str(file)}, None, tmp_path)
    assert settings.webhook_ca_bundle == file


@pytest.mark.parametrize("content", ["", "no certificate"])
def test_a_file_without_certificates_stops_the_start(tmp_path: Path, content: str) -> None:
    file = tmp_path / "ca.pem"
    file.write_text(content)
    with pytest.raises(SettingsError, match=r"^ZENMODE_WEBHOOK_CA_BUNDLE must name a file"):
        load_settings({"ZENMODE_WEBHOOK_CA_BUNDLE": str(file)}, None, tmp_path)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("PUBLIC_URL", "zen.example.com"),
        ("PUBLIC_URL", "https://zen.example.com/app"),
        ("PUBLIC_URL", "https://zen.example.com?x"),
        ("PUBLIC_URL", "https://user@zen.example.com"),
        ("PUBLIC_URL", "https://zen.example.com:x"),
        ("PUBLIC_URL", "https://[zen"),
        ("CORS_ORIGINS", "*"),
        ("RATE_LIMIT_PER_MINUTE", "0"),
        ("RATE_LIMIT_PER_MINUTE", "-1"),
        ("RATE_LIMIT_PER_MINUTE", "1e3"),
        ("RATE_LIMIT_PER_MINUTE", "٣"),
        ("DAILY_TASK_LIMIT", "1.0"),
        ("DAILY_TASK_LIMIT", "9" * 5000),
        ("WEBHOOK_RETRY_SECONDS", "5,,6"),
        ("WEBHOOK_RETRY_SECONDS", "soon"),
        ("WEBHOOK_TIMEOUT_SECONDS", "0"),
        ("WEBHOOK_TIMEOUT_SECONDS", "nan"),
        ("WEBHOOK_TIMEOUT_SECONDS", "inf"),
        ("WEBHOOK_ALLOWED_NETWORKS", "10.0.0.1/8"),
        ("WEBHOOK_CA_BUNDLE", "/nowhere/ca.pem"),
        ("RETRY_BACKOFF_SECONDS", "fast"),
        ("SIGN_UP", "Open"),
        ("SUBSCRIPTIONS", "no"),
        ("RETENTION_DAYS", "0"),
        ("RETENTION_DAYS", "1000000001"),
        ("LOG_FORMAT", "xml"),
        ("KEEP_ALIVE_SECONDS", "0"),
        ("TRUSTED_PROXIES", "proxy.internal"),
    ],
)
def test_a_wrong_value_stops_the_start_with_one_line_that_names_it(
    tmp_path: Path, name: str, text: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings({f"ZENMODE_{name}": text}, None, tmp_path)
    assert str(caught.value).startswith(f"ZENMODE_{name} ")
    assert "\n" not in str(caught.value)
