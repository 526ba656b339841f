"""The decision over a pair of a table's inputs."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from engine.adapt import with_task
from engine.experiment import Experiment
from engine.probes import Plane
from engine.tasks.table import Table
from engine.tasks.traffic import Traffic
from playground.examples import example
from playground.session import Session
from playground.ui.i18n import set_language
from playground.ui.views.slice import SliceView

IRIS = with_task(example("diabetes-mlp"), Table(source="iris"))


def pick(combo, value):
    index = combo.findData(value)
    combo.setCurrentIndex(index)
    combo.activated.emit(index)


@pytest.fixture
def run(qtbot):
    """Train for a while; return a view, and a function that asks for and shows what it wants."""
    sessions = []

    def run(experiment: Experiment, epochs: int = 100):
        session = Session(experiment.but(epochs=epochs))
        sessions.append(session)
        view = SliceView()
        qtbot.addWidget(view)
        view.resize(396, 420)
        view.show()
        session.play()
        view.show_snapshot(session.wait(lambda s: s.state == "finished"))

        def ask():
            wanted = view.probes(experiment)
            session.want(wanted)
            snapshot = session.wait(lambda s: wanted <= s.answers.keys())
            view.show_snapshot(snapshot)
            return snapshot

        return view, ask

    yield run
    for session in sessions:
        session.close()


def test_the_pair_that_tells_most_comes_first_and_the_field_agrees_with_the_samples(run):
    view, ask = run(IRIS.but(learning_rate=0.02))
    snapshot = ask()
    assert {view.across.currentText(), view.up.currentText()} == {
        "petal length (cm)",
        "petal width (cm)",
    }
    part, hits = snapshot.dataset.training, 0
    for sample, label in zip(part.inputs.tolist(), part.targets.tolist(), strict=True):
        row, column = view.field._cell(*(sample[place] for place in view._pair))
        hits += view.field._classes[:, row, column].argmax() == label
    assert hits > 0.85 * len(part)


def test_the_readout_is_in_the_units_of_the_table(run):
    view, ask = run(IRIS, 1)
    snapshot = ask()
    sample = snapshot.dataset.training.inputs[0, list(view._pair)]
    places = list(view._pair)
    units = sample * snapshot.dataset.scales[places] + snapshot.dataset.offsets[places]
    text = view.field.readout(*sample.tolist())
    for axis, value in zip(view.field._axes, units.tolist(), strict=True):
        assert f"{axis.name} {value:.1f}" in text
    assert text.splitlines()[1].split(":")[0] in snapshot.dataset.target.labels


def test_another_pair_asks_for_another_plane(qtbot, run):
    view, ask = run(IRIS, 1)
    ask()
    with qtbot.waitSignal(view.probes_changed):
        pick(view.across, 0)
    (probe,) = view.probes(IRIS)
    assert isinstance(probe, Plane) and probe.axes == (0, view.up.value())
    inputs = ask().dataset.training.inputs
    left, right, low, high = probe.bounds
    assert left < inputs[:, 0].min() and right > inputs[:, 0].max()
    assert low < inputs[:, probe.axes[1]].min() and high > inputs[:, probe.axes[1]].max()
    assert view.field._classes.shape == (3, 100, 100)


def test_the_same_input_twice_swaps_the_pair(run):
    view, ask = run(IRIS, 1)
    ask()
    first, second = view._pair
    pick(view.across, second)
    assert view._pair == (second, first)


def test_it_is_offered_where_no_plane_shows_all(qapp):
    assert SliceView.offered(IRIS)
    assert SliceView.offered(example("diabetes-mlp"))
    assert not SliceView.offered(example("xor"))
    assert not SliceView.offered(example("mnist-mlp"))
    assert not SliceView.offered(example("vds-mlp"))
    task = Traffic(window=1, horizon=0, inputs=("ToVol", "Occ.Rate"), target_column="Speed")
    assert not SliceView.offered(with_task(example("vds-mlp"), task))
    jam = task.but(thresholds=(60.0,))
    assert SliceView.offered(with_task(example("vds-mlp"), jam))


def test_all_samples_are_laid_onto_the_field(run):
    view, ask = run(IRIS, 1)
    snapshot = ask()
    bare = view.field.grab().toImage()
    view.validation.click()
    fewer = view.field.grab().toImage()
    assert bare != fewer
    box = view.field.square()
    for sample in snapshot.dataset.training.inputs[:, list(view._pair)].tolist():
        assert box.contains(view.field._place(*sample))


def test_it_speaks_korean(run):
    view, ask = run(IRIS, 1)
    ask()
    before = view.held.text()
    set_language("ko")
    QApplication.processEvents()
    assert view.held.text() != before
    assert np.array_equal([view.across.value(), view.up.value()], view._pair)
