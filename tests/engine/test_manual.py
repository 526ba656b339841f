"""Parameters that a person sets, and layers that begin anew."""

import numpy as np
import pytest
from runs import HARD, run, trained

from engine.errors import FieldError
from engine.manual import redraw, set_parameter


def test_one_number_changes_and_the_prediction_with_it():
    trainer = trained(HARD, 5)
    before = trainer.network.parameters()
    x = trainer.dataset.test.inputs
    predicted = trainer.network.predict(x)
    set_parameter(trainer, "dense_1", "W", (1, 3), -2.5)
    after = trainer.network.parameters()
    assert after["dense_1"]["W"][1, 3] == -2.5
    before["dense_1"]["W"][1, 3] = -2.5
    for node, arrays in before.items():
        for name, values in arrays.items():
            np.testing.assert_array_equal(values, after[node][name])
    assert (trainer.network.predict(x) != predicted).any()


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_only_numbers_are_weights(value):
    with pytest.raises(FieldError, match="is no weight"):
        set_parameter(trained(HARD, 1), "dense_1", "b", (0,), value)


def test_one_layer_begins_anew_and_the_others_go_on():
    trainer = trained(HARD, 5)
    before = trainer.network.parameters()
    redraw(trainer, "dense_1")
    after = trainer.network.parameters()
    assert (after["dense_1"]["W"] != before["dense_1"]["W"]).all()
    assert not after["dense_1"]["b"].any()
    np.testing.assert_array_equal(after["output"]["W"], before["output"]["W"])
    memory = trainer.network.parameters(trainer.optimizer_state.slots["m"])
    assert not memory["dense_1"]["W"].any() and memory["output"]["W"].any()
    again = trainer.network.parameters()["dense_1"]["W"]
    redraw(trainer, "dense_1")
    assert (trainer.network.parameters()["dense_1"]["W"] != again).all()
    run(trainer, 3)
