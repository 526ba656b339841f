"""What networks can learn, and what they cannot."""

import numpy as np
import pytest
from runs import HARD, trained

from engine.network import Network
from engine.penalties import L2
from engine.tasks.points import Gate
from engine.trainer import Trainer
from playground.examples import example


class TestWhatNetworksCanDo:
    @pytest.mark.parametrize("seed", range(5))
    def test_one_unit_never_learns_xor(self, seed):
        trainer = trained(example("xor-gate").but(seed=seed))
        table = trainer.history.table()
        assert table["training_accuracy"].max() <= 0.75

    def test_one_hidden_layer_learns_the_xor_gate(self):
        assert trained(example("xor-gate-mlp")).measure("training")["accuracy"] == 1

    @pytest.mark.parametrize("seed", range(7, 12))
    def test_the_xor_example_is_learned_from_any_seed(self, seed):
        trainer = trained(example("xor").but(seed=seed))
        assert trainer.measure("training")["accuracy"] == 1
        assert trainer.measure("validation")["accuracy"] >= 0.97

    @pytest.mark.parametrize("gate", ["and", "or", "nand"])
    def test_one_unit_learns_the_other_gates(self, gate):
        trainer = trained(example("xor-gate").but(task=Gate(gate)))
        assert trainer.measure("training")["accuracy"] == 1

    def test_a_penalty_makes_weights_smaller(self):
        free = trained(HARD.but(patience=0))
        held = trained(HARD.but(patience=0, penalty=L2(0.5)))

        def size(trainer: Trainer) -> float:
            network: Network = trainer.network
            return float(np.linalg.norm(network.theta * network.decays))

        assert size(held) < 0.7 * size(free)
