"""Which parts of the window are drawn while a network trains."""

import time

from playground.ui.pace import EVERY, Pace, Turns


def test_what_is_no_picture_is_drawn_in_turn():
    turns, others = Turns(), ["curves", "layers", "inspector"]
    taken = [turns.take(["counters"], others) for _ in range(3 * EVERY)]
    drawn = [part for parts in taken for part in parts]
    assert taken.count([]) == 3 * (EVERY - 1)
    assert drawn.count("counters") == 3
    assert [drawn.count(part) for part in others] == [1, 1, 1]


def test_a_view_that_is_closed_meanwhile_is_left_out():
    turns = Turns()
    for others in (["curves", "layers"], ["curves"], []):
        for _ in range(2 * EVERY):
            assert set(turns.take([], others)) <= {*others}


def used(pace, seconds):
    """Let a pace see 60 ms, of which this thread has used a part."""
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass
    pace._since = time.perf_counter() - 0.06


def test_work_that_costs_training_nothing_is_not_counted():
    pace = Pace()
    used(pace, 0.02)
    assert not pace.allows(quick=True)
    pace.restart()
    with pace.pause():
        used(pace, 0.02)
    assert pace.allows(quick=True)


def test_slow_training_leaves_more_time_on_more_processors():
    for cores, allowed in ((1, False), (64, True)):
        pace = Pace(cores)
        used(pace, 0.02)
        assert pace.allows(quick=False) == allowed
