import pytest

from app.domain.tasks.retry_backoff import retry_delay_ms


@pytest.mark.parametrize(
    ("attempt", "seconds"), [(1, 30), (2, 60), (3, 120), (7, 1_920), (8, 3_600), (1_000, 3_600)]
)
def test_the_wait_doubles_up_to_an_hour_give_or_take_a_fifth(attempt: int, seconds: int) -> None:
    delays = [retry_delay_ms(attempt, 30) for _ in range(200)]
    assert all(0.8 * seconds * 1_000 <= delay <= 1.2 * seconds * 1_000 for delay in delays)
    assert len(set(delays)) > 50
