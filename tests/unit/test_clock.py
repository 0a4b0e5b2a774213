"""A clock that was moved far is not trusted with erasing for a while, and the log says so."""

import logging

import pytest

from axelered_box.pipeline.clock import PAUSE_S, Clock


class Hands:
    """Two clocks: the one that can be set, and the one that cannot."""

    def __init__(self) -> None:
        self.wall_s = 1_000_000.0
        self.steady_s = 5_000.0
        self.clock = Clock(lambda: self.wall_s, lambda: self.steady_s)

    def after(self, seconds: float, *, moved_s: float = 0.0) -> bool:
        self.steady_s += seconds
        self.wall_s += seconds + moved_s
        return self.clock.is_steady()


@pytest.mark.parametrize("moved_s", [90_000.0, -90_000.0, 601.0])
def test_a_jump_pauses_for_a_while(moved_s: float, caplog: pytest.LogCaptureFixture) -> None:
    hands = Hands()
    with caplog.at_level(logging.WARNING):
        assert hands.after(30)
        assert not hands.after(30, moved_s=moved_s)
        assert not hands.after(PAUSE_S - 31)
        assert [record.message for record in caplog.records] == ["clock_jumped"]
        assert hands.after(31)
        assert hands.after(30)
    assert [record.message for record in caplog.records] == ["clock_jumped", "sweep_resumed"]


def test_a_clock_that_is_put_right_is_trusted_at_once() -> None:
    hands = Hands()
    assert not hands.after(30, moved_s=90_000)
    assert hands.after(30, moved_s=-90_000)


def test_small_corrections_and_sleep_are_even() -> None:
    hands = Hands()
    assert all(hands.after(30, moved_s=599) for _ in range(10))
    assert hands.after(80_000)
