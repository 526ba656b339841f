"""Wires of cards placed by hand: around what stands in their way, with ports and edges."""

from canvas_tools import BRANCHES, CHAIN, LONG, SKIP, boxes, check_order, near, place
from PySide6.QtCore import QPointF

from playground.ui.canvas.routes import Way


def test_wires_of_a_frozen_network_go_as_they_went(show):
    for experiment in (CHAIN, SKIP, BRANCHES, LONG):
        canvas = show(experiment)
        before = canvas.network.arrangement.routes
        place(canvas, input=(0, 0))
        for pair, route in canvas.network.arrangement.routes.items():
            assert near(route.corners[0], before[pair].corners[0], 2)
            assert near(route.corners[-1], before[pair].corners[-1], 2)
            assert route.plain == before[pair].plain
        check_order(canvas)


def test_a_wire_back_to_the_left_goes_around_and_keeps_its_plus(show, qtbot):
    canvas = show(CHAIN)
    place(canvas, dense_3=(-500, 420))
    route = canvas.network.arrangement.routes["dense_2", "dense_3"]
    assert route.way is Way.TURN and route.plain
    cards = boxes(canvas)
    start, *_, end = route.corners
    assert start.x() == cards["dense_2"].right() and end.x() == cards["dense_3"].left()
    assert not canvas.network.edges["dense_2", "dense_3"].isVisible()
    wire = canvas.network.wires["dense_2", "dense_3"]
    assert canvas.network.plus_at(wire.middle) is wire
    assert not any(box.contains(wire.middle) for box in cards.values())


def test_a_wire_avoids_a_card_that_is_put_in_its_way(show):
    canvas = show(SKIP)
    place(canvas, dense_2=(0, 520))
    straight = canvas.network.arrangement.routes["dense_1", "add_1"]
    assert straight.way is Way.STRAIGHT
    place(canvas, dense_2=(0, -490))
    around = canvas.network.arrangement.routes["dense_1", "add_1"]
    box = boxes(canvas)["dense_2"].adjusted(2, 2, -2, -2)
    path = canvas.network.wires["dense_1", "add_1"].path
    assert around.way is Way.TRACK
    assert not any(box.contains(path.pointAtPercent(i / 200)) for i in range(201))


def test_cards_that_nearly_touch_are_joined_without_a_detour(show):
    for down in (0, 30):
        canvas = show(CHAIN)
        before = boxes(canvas)
        gap = before["dense_2"].left() - before["dense_1"].right()
        place(canvas, dense_2=(7 - gap, down))
        route = canvas.network.arrangement.routes["dense_1", "dense_2"]
        cards = boxes(canvas)
        assert cards["dense_2"].left() - cards["dense_1"].right() < 8
        assert all(
            cards["dense_1"].right() <= corner.x() <= cards["dense_2"].left()
            for corner in route.corners
        )


def test_edges_between_units_follow_a_placed_card(show):
    canvas = show(CHAIN)
    place(canvas, dense_2=(0, 150))
    edges = canvas.network.edges["dense_1", "dense_2"]
    units = canvas.network.nodes["dense_2"].units()
    assert edges.isVisible() and edges.hit(units[0].center() - QPointF(units[0].width() / 2, 0), 3)


def test_what_is_out_of_sight_is_found_and_fitted(show, qtbot):
    canvas = show(LONG)
    place(canvas, dense_5=(2000, 900))
    shown = canvas.mapToScene(canvas.viewport().rect()).boundingRect()
    assert not shown.contains(boxes(canvas)["dense_5"])
    canvas.commands.select_card("dense_5")
    shown = canvas.mapToScene(canvas.viewport().rect()).boundingRect()
    assert shown.contains(boxes(canvas)["dense_5"])
    canvas.fit()
    shown = canvas.mapToScene(canvas.viewport().rect()).boundingRect()
    assert shown.contains(canvas.network.arrangement.bounds) and canvas.fitted
