"""Places and shares of them."""

from app.http.auth.connection_slots import ConnectionSlots


def test_a_share_is_a_tenth_and_twenty_in_any_case() -> None:
    assert ConnectionSlots(2_000).share == 200
    assert ConnectionSlots(199).share == 20


def test_a_holder_gets_its_share_and_no_more_until_one_is_given_back() -> None:
    slots = ConnectionSlots(2_000)
    held = [slots.acquire("a") for _ in range(200)]
    assert all(held)
    assert slots.acquire("a") is None
    assert slots.acquire("b")
    assert held[0] is not None
    held[0].release()
    held[0].release()
    assert slots.taken == 200
    assert slots.acquire("a")


def test_all_together_get_no_more_than_there_are() -> None:
    slots = ConnectionSlots(30)
    assert all(slots.acquire(f"holder {number}") for number in range(30))
    assert slots.acquire("another") is None


def test_a_slot_that_moves_counts_for_the_new_holder_alone() -> None:
    slots = ConnectionSlots(2_000)
    slot = slots.acquire("stranger")
    assert slot is not None
    others = [slots.acquire("workspace") for _ in range(200)]
    assert not slot.move_to("workspace")
    assert others[0] is not None
    others[0].release()
    assert slot.move_to("workspace")
    assert slots.taken == 200
    slot.release()
    assert not slot.move_to("stranger")
    assert slots.taken == 199
