import pytest

from app.domain.webhooks.webhook_signature import UnreadableSecretError
from app.gateways.secret_box import SealedBox

_OLD, _NEW = "o" * 32, "n" * 32


def test_what_was_sealed_opens_again() -> None:
    box = SealedBox((_OLD,))
    sealed = box.seal("whsec_c2VjcmV0")
    assert "whsec_" not in sealed
    assert "c2VjcmV0" not in sealed
    assert box.open(sealed) == "whsec_c2VjcmV0"


def test_the_same_secret_never_looks_the_same() -> None:
    box = SealedBox((_OLD,))
    assert box.seal("whsec_c2VjcmV0") != box.seal("whsec_c2VjcmV0")


def test_a_new_key_in_front_seals_and_the_old_one_still_opens() -> None:
    sealed_before = SealedBox((_OLD,)).seal("before")
    both = SealedBox((_NEW, _OLD))
    assert both.open(sealed_before) == "before"
    assert SealedBox((_NEW,)).open(both.seal("after")) == "after"


def test_a_key_that_is_gone_opens_nothing_and_says_so() -> None:
    sealed = SealedBox((_OLD,)).seal("secret")
    with pytest.raises(UnreadableSecretError, match="ZENMODE_SECRET_KEY"):
        SealedBox((_NEW,)).open(sealed)


def test_what_was_tampered_with_does_not_open() -> None:
    box = SealedBox((_OLD,))
    sealed = box.seal("secret")
    flipped = sealed[:-5] + ("A" if sealed[-5] != "A" else "B") + sealed[-4:]
    with pytest.raises(UnreadableSecretError):
        box.open(flipped)
