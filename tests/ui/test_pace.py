"""Which parts of the window are drawn while a network trains."""

from playground.ui.pace import EVERY, Turns


def test_pictures_are_always_drawn_and_all_else_in_turn():
    turns, others = Turns(), ["curves", "layers", "inspector"]
    taken = [turns.take(["canvas", "boundary"], ["counters"], others) for _ in range(3 * EVERY)]
    assert all(parts[-3:-1] == ["canvas", "boundary"] or len(parts) == 2 for parts in taken)
    drawn = [part for parts in taken for part in parts]
    assert drawn.count("canvas") == drawn.count("boundary") == 3 * EVERY
    assert drawn.count("counters") == 3
    assert [drawn.count(part) for part in others] == [1, 1, 1]


def test_a_view_that_is_closed_meanwhile_is_left_out():
    turns = Turns()
    for others in (["curves", "layers"], ["curves"]):
        for _ in range(2 * EVERY):
            assert set(turns.take(["canvas"], [], others)) <= {"canvas", *others}
