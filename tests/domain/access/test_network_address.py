"""Which addresses are one caller."""

import pytest

from app.domain.access.network_address import address_subject


@pytest.mark.parametrize(
    ("address", "subject"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::1", "::/64"),
        (None, "unknown"),
        ("", "unknown"),
        ("no address", "no address"),
        ("x" * 1_000, "x" * 64),
    ],
)
def test_an_address_is_counted_with_its_network(address: str | None, subject: str) -> None:
    assert address_subject(address) == subject
