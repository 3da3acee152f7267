from ipaddress import ip_address, ip_network

import pytest

from app.domain.webhooks.webhook_address import (
    host_of,
    is_allowed,
    port_of,
    target_of,
    webhook_url_problem,
)

_NOT_GLOBAL = """
0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.100.100.200 127.0.0.1 127.255.255.254 168.63.129.16
169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.192 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1
198.19.255.255 198.51.100.7 203.0.113.7 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
:: ::1 ::127.0.0.1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:0:127.0.0.1 ::ffff:0:8.8.8.8
64:ff9b::127.0.0.1 64:ff9b::169.254.169.254 64:ff9b:1::1 64:ff9b:1::8.8.8.8 100::1 100:0:0:1::1
2001::1 2001:2::1 2001:3::1 2001:10::1 2001:20::1 2001:db8::1 2002:7f00:1::1 2002:808:808::1
3fff::1 5f00::1 fc00::1 fd00:ec2::254 fd20:ce::254 fe80::1 fec0::1 ff02::1 ff0e::1
"""
_GLOBAL = """
1.1.1.1 8.8.8.8 100.63.255.255 100.128.0.1 172.15.255.255 172.32.0.1 192.0.1.1 192.169.0.1
198.17.255.255 198.20.0.1 223.255.255.255 ::ffff:8.8.8.8 64:ff9b::8.8.8.8 2001:200::1
2001:4860:4860::8888 2606:4700:4700::1111 2003::1
"""

_ODD = "must not contain spaces, control characters or backslashes"


@pytest.mark.parametrize("address", _NOT_GLOBAL.split())
def test_an_address_that_is_not_globally_reachable_is_refused(address: str) -> None:
    assert not is_allowed(ip_address(address), [])


@pytest.mark.parametrize("address", _GLOBAL.split())
def test_a_public_address_is_allowed(address: str) -> None:
    assert is_allowed(ip_address(address), [])


@pytest.mark.parametrize("address", ["127.0.0.1", "::ffff:127.0.0.1", "64:ff9b::127.0.0.1"])
def test_an_opened_network_allows_what_leads_into_it(address: str) -> None:
    assert is_allowed(ip_address(address), [ip_network("127.0.0.0/8")])


@pytest.mark.parametrize("address", ["::1", "10.0.0.1", "2002:7f00:1::1", "::127.0.0.1"])
def test_an_opened_network_opens_nothing_else(address: str) -> None:
    assert not is_allowed(ip_address(address), [ip_network("127.0.0.0/8")])


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.0.0.1.", "127.1", "127.0.1", "2130706433", "0x7f000001", "0X7F.1",
        "0x7f.0.0.0x1", "0177.0.0.1", "017700000001", "127.0.0.01", "１２７.０.０.１",
        "127。0。0。1", "①②⑦.⓪.⓪.①", "0x7F.0x000001",
    ],
)  # fmt: skip
def test_every_notation_of_an_ipv4_address_is_read_as_that_address(host: str) -> None:
    assert host_of(f"https://{host}:8443/hook") == "127.0.0.1"


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://Example.COM/", "example.com"),
        ("https://example.com./", "example.com."),
        ("https://bücher.example/", "xn--bcher-kva.example"),
        ("https://xn--strae-oqa.example/", "xn--strae-oqa.example"),
        ("https://my_hook.example.com/", "my_hook.example.com"),
        ("https://4chan.example/", "4chan.example"),
        ("https://1.2.3.4.example/", "1.2.3.4.example"),
        ("https://[2001:DB8::1]:8443/", "2001:db8::1"),
        ("https://[::ffff:127.0.0.1]/", "::ffff:127.0.0.1"),
    ],
)
def test_a_host_is_read_in_ascii(url: str, host: str) -> None:
    assert webhook_url_problem(url) is None
    assert host_of(url) == host


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com", "https://example.com/", "https://example.com:443/hook",
        "https://example.com:1024/", "https://example.com:65535/", "HTTPS://example.com/?a=b#c",
        "https://example.com/ünï/✓?q=@", "https://example.com?x@y", "https://example.com:/hook",
    ],
)  # fmt: skip
def test_an_https_address_on_an_ordinary_port_is_good(url: str) -> None:
    assert webhook_url_problem(url) is None


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("http://example.com/", "must use https"),
        ("ftp://example.com/", "must use https"),
        ("//example.com/", "must use https"),
        ("example.com", "must use https"),
        ("javascript:alert(1)", "must use https"),
        ("https://user@example.com/", "must not contain a user name or password"),
        ("https://user:secret@example.com/", "must not contain a user name or password"),
        ("https://127.0.0.1:80@example.com/", "must not contain a user name or password"),
        ("https://@example.com/", "must not contain a user name or password"),
        ("https://straße.example/", "must have its host name in ASCII (xn--…)"),
        ("https://λόγος.example/", "must have its host name in ASCII (xn--…)"),
        ("https://a\u200db.example/", "must have its host name in ASCII (xn--…)"),
        ("https:///hook", "must have a valid host name"),
        ("https:example.com", "must have a valid host name"),
        ("https://./", "must have a valid host name"),
        ("https://a..b/", "must have a valid host name"),
        ("https://-a.example/", "must have a valid host name"),
        ("https://exa%6dple.com/", "must have a valid host name"),
        (f"https://{'a' * 64}.example/", "must have a valid host name"),
        (f"https://{'a.' * 127}example/", "must have a valid host name"),
        ("https://256.1.1.1/", "must have a valid host name"),
        ("https://1.2.3.4.5/", "must have a valid host name"),
        ("https://4294967296/", "must have a valid host name"),
        ("https://09.0.0.1/", "must have a valid host name"),
        ("https://example.0x7f/", "must have a valid host name"),
        ("https://[fe80::1%25eth0]/", "must have a valid host name"),
        ("https://[fe80::1%é]/", "must have a valid host name"),
        ("https://[v1.abc:1]/", "must have a valid host name"),
        ("https://[::1]example.com/", "must have a valid host name"),
        ("https://example.com[::1]/", "must have a valid host name"),
        ("https://[::1/", "must be a valid URL"),
        ("https://[::12345]/", "must be a valid URL"),
        ("https://example.com:port/", "must be a valid URL"),
        ("https://example.com:65536/", "must be a valid URL"),
        ("https://example.com:-1/", "must be a valid URL"),
        ("https://example.com:0/", "must use port 443, or 1024 and above"),
        ("https://example.com:22/", "must use port 443, or 1024 and above"),
        ("https://example.com:80/", "must use port 443, or 1024 and above"),
        ("https://example.com:1023/", "must use port 443, or 1024 and above"),
        (" https://example.com/", _ODD),
        ("https://exa\tmple.com/", _ODD),
        ("https://example.com/\r\nX: y", _ODD),
        ("https://example.com\\@127.0.0.1/", _ODD),
    ],
)  # fmt: skip
def test_any_other_address_is_refused_with_the_reason(url: str, problem: str) -> None:
    assert webhook_url_problem(url) == problem


def test_the_port_is_that_of_https_unless_it_names_another() -> None:
    assert port_of("https://example.com/") == 443
    assert port_of("https://example.com:8443/") == 8443


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://example.com", "/"),
        ("https://example.com?a=b", "/?a=b"),
        ("https://example.com/a%20b;c?d=e&f#g", "/a%20b;c?d=e&f"),
        ("https://example.com/✓?ü", "/%E2%9C%93?%C3%BC"),
    ],
)
def test_the_request_line_has_path_and_query_in_ascii_and_no_fragment(
    url: str, target: str
) -> None:
    assert target_of(url) == target
