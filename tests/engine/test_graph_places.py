"""Places of cards: kept in files, and nothing to the network."""

import json
import math

import numpy as np
import pytest

from engine.errors import FieldError
from engine.experiment import Experiment, from_dict, to_dict
from engine.graph import OUTPUT, Graph, insert_after, move, remove, rename, set_layer
from engine.graph_edits import move_all, paste
from engine.graph_json import graph_from_json, graph_to_json
from engine.graph_places import MOST_PLACE, is_placed, place, same_places, tidy
from engine.layers.dense import Dense
from engine.tasks.points import Points
from engine.trainer import Trainer

CHAIN = Graph.chain(Dense(4), Dense(3), Dense(2, "softmax"))
PLACED = place(CHAIN, {"dense_1": (120.0, -40.5), OUTPUT: (400, 0)})


def places(graph):
    return {node.name: node.place for node in graph if node.place is not None}


def test_places_are_kept_in_files_and_unplaced_files_stay_as_they_were():
    experiment = Experiment(Points(), PLACED)
    read = from_dict(json.loads(json.dumps(to_dict(experiment))))
    assert places(read.graph) == {"dense_1": (120.0, -40.5), OUTPUT: (400.0, 0.0)}
    assert all("place" not in entry for entry in graph_to_json(CHAIN))
    assert not is_placed(graph_from_json(graph_to_json(CHAIN)))


@pytest.mark.parametrize(
    "wrong",
    [3, [1], [1, 2, 3], ["1", 2], [math.nan, 0], [0, math.inf], [True, 0], [MOST_PLACE + 1, 0],
     [0, 10**400], {"x": 1, "y": 2}],
)  # fmt: skip
def test_a_damaged_place_is_refused_by_one_sentence(wrong):
    data = graph_to_json(CHAIN)
    data[1]["place"] = wrong
    with pytest.raises(FieldError, match="The place of Dense 1 is two numbers from -100000"):
        graph_from_json(data)


def test_a_node_keeps_its_place_until_it_is_moved_to_other_wires():
    assert places(rename(PLACED, "dense_1", "first"))["first"] == (120.0, -40.5)
    assert places(set_layer(PLACED, "dense_1", Dense(7))) == places(PLACED)
    assert places(insert_after(PLACED, "dense_1", Dense(2))[0]) == places(PLACED)
    assert set(places(remove(PLACED, "dense_1"))) == {OUTPUT}
    assert set(places(move(PLACED, "dense_1", "dense_2"))) == {OUTPUT}
    assert set(places(move_all(PLACED, ["dense_1"], "dense_2"))) == {OUTPUT}
    assert places(paste(PLACED, [PLACED["dense_1"]], "dense_2")[0]) == places(PLACED)


def test_places_are_nothing_to_the_network():
    assert PLACED == CHAIN and tidy(PLACED) == CHAIN
    assert not same_places(PLACED, CHAIN) and same_places(tidy(PLACED), CHAIN)
    trainer = Trainer(Experiment(Points(), CHAIN))
    network, before = trainer.network, trainer.network.theta.copy()
    trainer.apply(Experiment(Points(), PLACED))
    assert trainer.network is network and np.array_equal(network.theta, before)
