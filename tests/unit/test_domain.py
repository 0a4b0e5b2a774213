"""Identifiers, instants, spans and the table of states."""

import asyncio

import pytest

from axelered_box.domain.ids import from_iso, is_id, iso, new_id
from axelered_box.domain.runs import RUN_MOVES, TASK_MOVES, TERMINAL, IllegalMove, State, advance
from axelered_box.domain.spans import parse_span
from axelered_box.isolation.slots import Slots


def test_ids_are_uuids_that_sort_as_they_were_made() -> None:
    """A thousand ids made in turn are distinct, well-formed, and rise with time."""
    made = [new_id() for _ in range(1000)]

    assert all(is_id(one) for one in made)
    assert len(set(made)) == 1000
    assert [one[:13] for one in made] == sorted(one[:13] for one in made)


def test_instants_are_iso_with_milliseconds() -> None:
    """An instant goes to text and back."""
    assert iso(1_700_000_000_007) == "2023-11-14T22:13:20.007Z"
    assert from_iso("2023-11-14T22:13:20.007Z") == 1_700_000_000_007
    assert from_iso("soon") is None


@pytest.mark.parametrize(
    ("text", "seconds"), [("90d", 7_776_000), ("12h", 43_200), ("5m", 300), ("soon", None), ("0d", None)]
)
def test_spans(text: str, seconds: int | None) -> None:
    """A span of time is read, anything else is not."""
    assert parse_span(text) == seconds


@pytest.mark.parametrize("moves", [RUN_MOVES, TASK_MOVES])
def test_nothing_leaves_a_terminal_state(moves: dict[State, frozenset[State]]) -> None:
    """No table has a move out of a terminal state."""
    for state in TERMINAL:
        for other in State:
            with pytest.raises(IllegalMove):
                advance(moves, state, other)


def test_slots_go_to_those_who_wait_before_borrowers() -> None:
    """An idle slot can be borrowed; while somebody waits it cannot, and it is handed on in order."""

    async def body() -> None:
        slots = Slots(1)
        assert slots.borrow()
        order: list[int] = []

        async def hold(number: int) -> None:
            async with slots.hold():
                order.append(number)

        waiting = [asyncio.create_task(hold(number)) for number in range(3)]
        await asyncio.sleep(0)
        assert not slots.borrow()
        waiting[1].cancel()
        slots.give_back()
        await asyncio.gather(*waiting, return_exceptions=True)
        assert order == [0, 2]
        assert slots.free == 1

    asyncio.run(body())
