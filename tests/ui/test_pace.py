"""Which parts of the window are drawn while a network trains."""

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
    for others in (["curves", "layers"], ["curves"]):
        for _ in range(2 * EVERY):
            assert set(turns.take([], others)) <= {*others}


def test_work_that_costs_training_nothing_is_not_counted():
    counted, paused = Pace(share=0.0), Pace(share=0.0)
    for pace, really in ((counted, False), (paused, True)):
        pace.restart()
        with pace.pause(really):
            sum(range(200_000))
    assert paused._used > counted._used
