"""Which waiting events replace each other."""

from app.domain.event import DeliveryChanged, ResyncRequired, TaskChanged, WorkAppeared


def test_changes_of_one_object_share_a_key_and_those_of_others_do_not() -> None:
    first = TaskChanged("ws_1", {"id": "task_1", "status": "pending"})
    later = TaskChanged("ws_1", {"id": "task_1", "status": "queued"})
    other = TaskChanged("ws_1", {"id": "task_2", "status": "pending"})
    delivery = DeliveryChanged("ws_1", 1, "task_1")

    assert first.key == later.key
    assert len({first.key, other.key, delivery.key, ResyncRequired().key}) == 4


def test_work_of_different_accounts_is_not_merged() -> None:
    assert WorkAppeared("ws_1", ("a", "b")).key != WorkAppeared("ws_1", ("a",)).key


def test_what_was_computed_from_an_event_is_no_part_of_it() -> None:
    one, two = TaskChanged("ws_1", {"id": "task_1"}), TaskChanged("ws_1", {"id": "task_1"})
    one.memo["shown"] = object()
    assert one == two
    assert two.memo == {}
