"""Where cards stand and wires run: for any network, no card covers another, no wire a card."""

import random
from itertools import combinations, pairwise

import pytest
from canvas_tools import BRANCHES, CHAIN, SKIP
from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF

from engine.graph import rename
from engine.graph_edits import connect, group
from playground.examples import example
from playground.ui.canvas import layout, scene
from playground.ui.canvas.blocks import spots
from playground.ui.canvas.columns import Columns, bands
from playground.ui.canvas.layout import Wish, arrange
from playground.ui.canvas.node import NodeItem
from playground.ui.canvas.routes import Grid, Way


def drawn(links, count, room=(900, 520)):
    wishes = [(str(i), Wish(random.Random(i).uniform(112, 180), 128.0)) for i in range(count)]
    return arrange(wishes, QSizeF(*room), False, links)


def random_links(seed):
    """Return links of a network with branches: each node reads some before it, and is read."""
    rng = random.Random(seed)
    count = rng.randint(4, 18)
    links = {(str(rng.randrange(max(0, i - 5), i)), str(i)) for i in range(1, count)}
    links |= {
        tuple(map(str, sorted(rng.sample(range(count), 2)))) for _ in range(rng.randint(0, 8))
    }
    sources = {source for source, _ in links}
    links |= {(str(i), str(count - 1)) for i in range(count - 1) if str(i) not in sources}
    return sorted(links, key=lambda link: (int(link[0]), int(link[1]))), count


def crosses(start, end, box):
    """Whether a level or upright line passes through the inside of a rectangle."""
    line = QRectF(start, end).normalized().adjusted(-0.1, -0.1, 0.1, 0.1)
    return line.intersects(box.adjusted(0.2, 0.2, -0.2, -0.2))


@pytest.mark.parametrize("seed", range(60))
def test_no_card_covers_another_and_no_wire_runs_under_one(seed):
    arrangement = drawn(*random_links(seed))
    cards = arrangement.cards
    assert not any(a.intersects(b) for a, b in combinations(cards.values(), 2))
    for (source, target), route in arrangement.routes.items():
        start, end = route.corners[0], route.corners[-1]
        assert cards[source].adjusted(-1, -1, 1, 1).contains(start)
        assert cards[target].adjusted(-1, -1, 1, 1).contains(end)
        for corner, after in pairwise(route.corners):
            assert abs(corner.x() - after.x()) < 1e-6 or abs(corner.y() - after.y()) < 1e-6
            under = [name for name, card in cards.items() if crosses(corner, after, card)]
            assert not under, (source, target, under)


@pytest.mark.parametrize("seed", range(60))
def test_wires_do_not_share_a_track(seed):
    arrangement = drawn(*random_links(seed))
    levels = []
    for link, route in arrangement.routes.items():
        if route.way in (Way.TRACK, Way.MARGIN):
            levels += [
                (link, QLineF(a, b))
                for a, b in pairwise(route.corners)
                if a.y() == b.y() and abs(a.x() - b.x()) > 60
            ]
    for (one, a), (two, b) in combinations(levels, 2):
        if one != two and abs(a.y1() - b.y1()) < 4:
            left, right = sorted((a, b), key=lambda line: min(line.x1(), line.x2()))
            assert max(left.x1(), left.x2()) <= min(right.x1(), right.x2()) + 30


def test_a_chain_is_a_row_of_straight_wires():
    arrangement = drawn(None, 5)
    assert {route.way for route in arrangement.routes.values()} == {Way.STRAIGHT}
    assert len({card.top() for card in arrangement.cards.values()}) == 1


def test_a_skip_wire_is_an_arc_over_its_row_and_a_branch_has_a_lane():
    arrangement = drawn([("0", "1"), ("1", "2"), ("2", "3"), ("1", "3")], 4)
    arc = arrangement.routes["1", "3"]
    assert arc.way is Way.TRACK
    assert min(corner.y() for corner in arc.corners) < 0 <= arrangement.cards["1"].top()
    fork = drawn([("0", "1"), ("0", "2"), ("1", "3"), ("2", "3")], 4)
    assert fork.cards["1"].left() == fork.cards["2"].left()
    assert fork.cards["1"].top() != fork.cards["2"].top()
    assert fork.bounds.contains(fork.cards["2"])


def test_encoder_and_decoder_run_side_by_side(show):
    canvas = show(example("seq2seq-transformer"))
    cards = canvas.network.arrangement.cards
    assert cards["source_words"].top() != cards["answer_words"].top()
    assert cards["source_words"].left() == cards["answer_words"].left()
    encoder, decoder = cards["encoder_1"], cards["decoder_1"]
    assert encoder.right() < decoder.left() or encoder.bottom() < decoder.top()
    canvas.grab()


def test_wires_follow_cards_that_slide(show):
    canvas = show(SKIP)
    route = canvas.network.arrangement.routes["dense_1", "add_1"]
    cards = [canvas.network.arrangement.cards[name] for name in ("dense_1", "add_1")]
    by = QPointF(30, 7)
    moved, _ = route.between(*cards, cards[0].topLeft() + by, cards[1].topLeft() + by)
    assert all(a + by == b for a, b in zip(route.corners, moved, strict=True))


@pytest.mark.parametrize("experiment", [CHAIN, SKIP, BRANCHES], ids=["chain", "skip", "branches"])
def test_any_network_is_painted_and_stays_in_sight(show, experiment):
    canvas = show(experiment)
    shown = canvas.mapToScene(canvas.viewport().rect()).boundingRect()
    assert shown.contains(canvas.network.arrangement.bounds)
    canvas.grab()


def test_a_block_that_a_way_leaves_and_enters_again_is_shown_open():
    graph, _ = connect(CHAIN.graph, "dense_1", "dense_3")
    nodes = group(group(graph, ["dense_1"], "A"), ["add_1"], "A")
    assert [spot.name for spot in spots(nodes, ())] == [node.name for node in nodes]
    whole = group(graph, ["dense_1", "add_1"], "A")
    assert [spot.name for spot in spots(whole, ())] == ["input", "add_1", "dense_3", "output"]
    assert spots(whole, {"A"})[1].block == ""


def test_a_long_network_is_routed_only_in_rows_that_may_show_it_largest(monkeypatch):
    names = [f"layer {number}" for number in range(60)]
    links = [*pairwise(names), *((names[i], names[i + 3]) for i in range(3, 50, 6))]
    wishes, room = [(name, Wish(140, 90)) for name in names], QSizeF(900, 500)
    routed = []
    monkeypatch.setattr(layout, "_in_rows", _counted(layout._in_rows, routed))
    chosen = layout.arrange(wishes, room, False, links)
    columns, needs = Columns(names, links), dict(wishes)
    widths = layout._widths(columns, needs, room)
    assert 2 * len(routed) < len(widths)
    for grid in (Grid(columns, bands(columns, width)) for width in widths):
        other = layout._in_rows(grid, needs, room, False)
        assert other.zoom_in(room) <= chosen.zoom_in(room)


def _counted(work, calls):
    def counted(*given):
        calls.append(given)
        return work(*given)

    return counted


def test_an_edit_that_moves_no_card_computes_no_places_and_draws_one_card(monkeypatch):
    network = scene.NetworkScene(animate=False)
    before = example("lenet-mnist")
    network.show_experiment(before)
    arranged, drawn = [], []
    monkeypatch.setattr(scene, "arrange", _counted(scene.arrange, arranged))
    monkeypatch.setattr(NodeItem, "_resize", _counted(NodeItem._resize, drawn))
    network.show_experiment(before.but(epochs=before.training.epochs + 1))
    assert not arranged and not drawn
    name = before.graph.nodes[1].name
    network.show_experiment(before.but(graph=rename(before.graph, name, "eyes")))
    assert {item.node.name for (item, *_) in drawn} == {"eyes"}
