"""The view of layers: what it draws is what the probe says, now and before."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from engine.activations import Sigmoid, Softmax
from engine.graph import Graph
from engine.layers.dense import Dense
from engine.probes_layers import QUANTILES, LayerState, Spread
from engine.trainer import Trainer
from playground.examples import example
from playground.snapshot import Snapshot
from playground.ui import theme
from playground.ui.findings import cured, judge
from playground.ui.i18n import set_language
from playground.ui.numbers import decade_text, size_text
from playground.ui.views.layer_history import MOST_RECORDS, Trail
from playground.ui.views.layer_rows import Scale
from playground.ui.views.layers import PROBE, LayersView

DEEP = Graph.chain(*[Dense(8, Sigmoid()) for _ in range(6)], Dense(2, Softmax()))


def snapshot(trainer: Trainer, serial: int = 1) -> Snapshot:
    return Snapshot(
        serial,
        "paused",
        trainer.experiment,
        step=trainer.step,
        epoch=trainer.epoch,
        batches_per_epoch=trainer.steps_per_epoch,
        answers={PROBE: PROBE.measure(trainer)},
        dataset=trainer.dataset,
    )


@pytest.fixture
def shown(qtbot):
    def shown(*snapshots: Snapshot) -> LayersView:
        view = LayersView()
        qtbot.addWidget(view)
        view.resize(396, 520)
        view.show()
        for one in snapshots:
            view.show_snapshot(one)
        QApplication.processEvents()
        return view

    return shown


@pytest.fixture(scope="module")
def deep() -> Snapshot:
    return snapshot(Trainer(example("xor").but(graph=DEEP)))


def state(gradient: float, dead: float = 0.0) -> LayerState:
    spread = Spread(np.full(33, gradient, np.float32), gradient, gradient)
    return LayerState(spread, spread, spread, dead)


def test_a_deep_sigmoid_network_is_told_to_take_relu(shown, deep):
    view = shown(deep)
    assert view.told.sentence.text() == "Gradients in Dense 1 are below 0.0001."
    assert view.told.cure.isVisible()
    sizes = [row.size for row in view.rows.rows]
    assert len(sizes) == 7 and sizes == sorted(sizes)
    places = [view.rows.scale.share(size) for size in sizes]
    assert places[0] < Scale(-8, 2).share(1e-4) < places[-1]


def test_one_click_repairs_it(qtbot, shown, deep):
    view = shown(deep)
    with qtbot.waitSignal(view.graph_edited) as edited:
        view.told.cure.click()
    graph, text = edited.args
    assert text == "Change sigmoid to ReLU"
    kinds = [node.layer.activation.kind for node in graph.nodes[1:]]
    assert kinds == ["relu"] * 6 + ["softmax"]
    assert [node.name for node in graph] == [node.name for node in DEEP]
    view.show_snapshot(snapshot(Trainer(example("xor").but(graph=graph))))
    assert "below" not in view.told.sentence.text() and not view.told.cure.isVisible()


def test_each_quantity_has_its_rows(shown, deep):
    view = shown(deep)
    answer = deep.answers[PROBE]
    for quantity in ("weights", "activations", "gradients"):
        view.quantity.set_value(quantity)
        expected = [getattr(s, quantity).size for s in answer.values()]
        assert [row.size for row in view.rows.rows] == expected
    assert "Dense 1" in view.rows.accessibleDescription()


def test_histograms_grow_to_the_right_as_the_run_goes_on(shown):
    run = Trainer(example("xor"))
    snapshots = [snapshot(run)]
    for serial in range(2, 8):
        for _ in range(run.steps_per_epoch):
            next(run.steps())
        snapshots.append(snapshot(run, serial))
    view = shown(*snapshots)
    assert view._trails["dense_1", "weights"].times == (0, 6)
    run.reset()
    view.show_snapshot(snapshot(run, 9))
    assert view._trails["dense_1", "weights"].times == (0, 0)


def test_another_network_begins_anew(shown, deep):
    view = shown(deep, snapshot(Trainer(example("xor"))))
    assert {row.title for row in view.rows.rows} == {"Dense 1", "Dense 2", "Output"}
    assert set(view._trails) == {
        (name, kind)
        for name in ("dense_1", "dense_2", "output")
        for kind in ("weights", "gradients", "activations")
    }


def test_a_recurrent_layer_shows_its_gradients_by_time_step(shown):
    run = Trainer(example("vds-rnn"))
    view = shown(snapshot(run))
    (row,) = (row for row in view.rows.rows if row.steps is not None)
    assert row.title == "Simple RNN 1" and len(row.steps) == run.experiment.task.window
    tall = view.rows.sizeHint().height()
    view.quantity.set_value("weights")
    assert all(row.steps is None for row in view.rows.rows)
    assert view.rows.sizeHint().height() < tall


def test_the_mouse_reads_a_layer(shown, deep):
    rows = shown(deep).rows
    at = QPointF(20, theme.px(20 + 46 + 10))
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        at,
        rows.mapToGlobal(at),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(rows, event)
    assert rows.tip.isVisible() and rows.tip.text().startswith("Dense 2: mean size")


def test_before_the_first_answer_it_says_what_comes(shown):
    view = shown(Snapshot(1, "idle", example("xor")))
    assert view.empty.isVisible() and not view.rows.isVisible()


@pytest.mark.parametrize("name", ["light", "dark"])
def test_it_follows_theme_size_and_language(shown, deep, name):
    view = shown(deep)
    theme.manager().set_theme(name)
    theme.manager().set_scale(1.5)
    set_language("ko")
    QApplication.processEvents()
    assert view.rows.rows[0].title == "밀집층 1"
    assert view.minimumSizeHint().width() <= 300 and not view.grab().isNull()


class TestJudge:
    experiment = example("xor").but(graph=DEEP)

    def test_a_network_that_has_learned_is_healthy(self):
        """All of its gradients are small alike."""
        assert judge(self.experiment, {"dense_1": state(2e-6), "output": state(9e-6)}).kind == (
            "healthy"
        )

    def test_exploding_gradients_come_first(self):
        finding = judge(self.experiment, {"dense_1": state(1e-7), "dense_2": state(7.0)})
        assert (finding.kind, finding.node) == ("exploding", "dense_2")

    def test_dead_units_are_told(self):
        finding = judge(self.experiment, {"dense_1": state(0.1, dead=0.75)})
        assert (finding.kind, finding.share) == ("dead", 0.75)

    def test_a_long_simple_rnn_is_told_to_be_an_lstm(self):
        states = {"simple_rnn_1": state(1e-6), "output": state(0.1)}
        experiment = example("vds-rnn")
        finding = judge(experiment, states)
        graph = cured(experiment.graph, finding)
        assert graph["lstm_1"].layer.units == experiment.graph["simple_rnn_1"].layer.units
        assert not experiment.but(graph=graph).shapes().errors


class TestTrail:
    def test_a_long_run_keeps_few_records_its_beginning_and_its_end(self):
        trail = Trail()
        for time in range(5000):
            trail.add(time, np.full(33, time, np.float32))
            assert len(trail) <= MOST_RECORDS
            assert trail.times == (0, time)
        assert trail.reach() == 4999
        picture = trail.picture(np.linspace(0, 5000, 51), 100)
        assert (np.abs(picture.argmax(axis=0) * 100 - np.linspace(0, 4999, 100)) < 250).all()

    def test_columns_are_histograms(self):
        values = np.random.default_rng(0).normal(size=4000).astype(np.float32)
        trail = Trail()
        trail.add(0, np.quantile(values, QUANTILES))
        edges = np.linspace(-4, 4, 17)
        counts = np.histogram(values, edges)[0]
        found = trail.picture(edges, 3)
        assert found.shape == (16, 3) and np.array_equal(found[:, 0], found[:, 2])
        np.testing.assert_allclose(found[:, 0], np.sqrt(counts / counts.max()), atol=0.25)


def test_sizes_are_written_shortly():
    assert [size_text(v) for v in (0, 0.034, 2.5e-5, 1234.0)] == [
        "0",
        "0.034",
        "2.5·10⁻⁵",
        "1.2·10³",
    ]
    assert [decade_text(d) for d in (-4, 0, 1, 2)] == ["10⁻⁴", "1", "10", "10²"]
    assert Scale().holding([1e-6, 50.0]) == Scale(-6, 2)


def test_the_repair_edits_the_network_in_the_window(qtbot, open_window):
    window = open_window(example("xor").but(graph=DEEP))
    qtbot.waitUntil(lambda: bool(window.stage.docks()))
    window.stage.open_view("layers")
    (view,) = (dock.view for dock in window.stage.docks() if dock.objectName() == "layers")
    qtbot.waitUntil(view.told.cure.isVisible)
    view.told.cure.click()
    assert window.document.undo_stack.undoText() == "Change sigmoid to ReLU"
    qtbot.waitUntil(lambda: "below" not in view.told.sentence.text())
    window.document.undo_stack.undo()
    assert window.document.experiment.graph == DEEP
