"""Places and shares of them."""

from app.http.auth.connection_shares import Places


def test_a_share_is_a_tenth_and_twenty_in_any_case() -> None:
    assert Places(2_000).share == 200
    assert Places(199).share == 20


def test_a_holder_gets_its_share_and_no_more_until_one_is_given_back() -> None:
    places = Places(2_000)
    held = [places.take("a") for _ in range(200)]
    assert all(held)
    assert places.take("a") is None
    assert places.take("b")
    assert held[0] is not None
    held[0].give_back()
    held[0].give_back()
    assert places.taken == 200
    assert places.take("a")


def test_all_together_get_no_more_than_there_are() -> None:
    places = Places(30)
    assert all(places.take(f"holder {number}") for number in range(30))
    assert places.take("another") is None


def test_a_place_that_moves_counts_for_the_new_holder_alone() -> None:
    places = Places(2_000)
    place = places.take("stranger")
    assert place is not None
    others = [places.take("workspace") for _ in range(200)]
    assert not place.move_to("workspace")
    assert others[0] is not None
    others[0].give_back()
    assert place.move_to("workspace")
    assert places.taken == 200
    place.give_back()
    assert not place.move_to("stranger")
    assert places.taken == 199
