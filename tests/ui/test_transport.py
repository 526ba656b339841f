"""The transport bar: buttons, counters, and settings that edit the document."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from engine.penalties import L2
from playground.examples import example
from playground.session import Session
from playground.snapshot import Snapshot
from playground.ui import theme
from playground.ui.document import Document
from playground.ui.i18n import set_language
from playground.ui.task_choice import OTHERS
from playground.ui.transport import Transport


@pytest.fixture
def document(qapp):
    return Document(example("xor"))


@pytest.fixture
def bar(qtbot, document):
    """Show the bar as the first row of a window of the design's width."""
    window = QWidget()
    qtbot.addWidget(window)
    transport = Transport(document)
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(transport)
    window.resize(1440, 300)
    window.show()
    QApplication.processEvents()
    return transport


def control(bar, name):
    return bar.settings.fields[name].control


def type_into(qtbot, combo, text: str) -> None:
    combo.lineEdit().setFocus()
    combo.lineEdit().selectAll()
    qtbot.keyClicks(combo.lineEdit(), text)
    qtbot.keyClick(combo.lineEdit(), Qt.Key.Key_Return)


def pick(combo, value) -> None:
    """Choose an entry as a person does in the list."""
    index = combo.findData(value)
    combo.setCurrentIndex(index)
    combo.activated.emit(index)


def test_play_and_pause_follow_a_real_session(qtbot, bar, document):
    session = Session(document.experiment.but(epochs=100_000))
    try:
        bar.play.connect(session.play)
        bar.pause.connect(session.pause)
        session.wait(lambda s: s.dataset is not None)
        qtbot.mouseClick(bar.play_button, Qt.MouseButton.LeftButton)
        bar.show_snapshot(session.wait(lambda s: s.state == "running" and s.step > 40))
        assert bar.play_button.text() == "Pause"
        qtbot.mouseClick(bar.play_button, Qt.MouseButton.LeftButton)
        snapshot = session.wait(lambda s: s.state == "paused")
        bar.show_snapshot(snapshot)
        assert bar.play_button.text() == "Play"
        assert bar.iteration.value() == f"{snapshot.step:,}"
        batches = snapshot.batches_per_epoch
        assert snapshot.step == snapshot.epoch * batches + snapshot.batch
        assert bar.batch.value() == f"{snapshot.batch:,}"
    finally:
        session.close()


def test_step_is_a_batch_and_with_shift_an_epoch(qtbot, bar):
    units = []
    bar.step.connect(units.append)
    qtbot.mouseClick(bar.step_button, Qt.MouseButton.LeftButton)
    shift = Qt.KeyboardModifier.ShiftModifier
    qtbot.mouseClick(bar.step_button, Qt.MouseButton.LeftButton, shift)
    bar.step_button.epoch.trigger()
    qtbot.keyClick(bar.step_button, Qt.Key.Key_Space)
    assert units == ["iteration", "epoch", "epoch", "iteration"]


def test_a_problem_disables_play_and_says_why(qtbot, bar):
    bar.set_problem("1 problem: Dense 1")
    assert not bar.play_button.isEnabled()
    assert bar.play_button.toolTip() == "1 problem: Dense 1"
    with qtbot.assertNotEmitted(bar.play):
        bar.toggle()
    bar.set_problem(None)
    with qtbot.waitSignal(bar.play):
        bar.toggle()


def test_running_training_can_be_paused_whatever_is_wrong(qtbot, bar, document):
    bar.show_snapshot(Snapshot(1, "running", document.experiment))
    bar.set_problem("1 problem")
    with qtbot.waitSignal(bar.pause):
        qtbot.mouseClick(bar.play_button, Qt.MouseButton.LeftButton)


def test_a_typed_learning_rate_is_one_undo_step(qtbot, bar, document):
    type_into(qtbot, control(bar, "learning_rate"), "0.0125")
    assert document.experiment.training.learning_rate == 0.0125
    assert document.undo_stack.undoText() == "Change learning rate"
    document.undo_stack.undo()
    assert control(bar, "learning_rate").value() == example("xor").training.learning_rate


def test_a_learning_rate_of_zero_is_refused_with_a_sentence(qtbot, bar, document):
    before = document.experiment
    type_into(qtbot, control(bar, "learning_rate"), "0")
    assert document.experiment is before
    assert document.undo_stack.count() == 0
    assert bar.refusal.isVisible()
    sentence = bar.refusal.sentence.text()
    assert sentence == "Learning rate: Enter a number above 0, up to 100."
    assert control(bar, "learning_rate").currentText() == "0.02"
    type_into(qtbot, control(bar, "learning_rate"), "0.05")
    assert not bar.refusal.isVisible()


def test_kinds_are_chosen_with_their_own_settings_kept(bar, document):
    pick(control(bar, "optimizer"), "momentum")
    assert document.experiment.training.optimizer.kind == "momentum"
    assert not control(bar, "strength").isEnabled()
    pick(control(bar, "penalty"), "l2")
    pick(control(bar, "strength"), 0.01)
    assert document.experiment.training.penalty == L2(0.01)
    pick(control(bar, "penalty"), "elastic")
    assert document.experiment.training.penalty.strength == 0.01
    pick(control(bar, "batch_size"), 0)
    assert document.experiment.training.batch_size == 0
    assert control(bar, "batch_size").currentText() == "All"


def test_losses_for_classes_are_offered_to_classes_only(bar, document):
    assert control(bar, "loss").findData("binary_cross_entropy") >= 0
    document.replace(example("vds-mlp"))
    assert control(bar, "loss").findData("binary_cross_entropy") < 0
    assert control(bar, "loss").value() == "mse"


def test_the_task_switch_asks_for_the_example_and_shows_the_document(qtbot, bar, document):
    with qtbot.waitSignal(bar.example_chosen) as asked:
        qtbot.mouseClick(bar.task.buttons.button("mnist-mlp"), Qt.MouseButton.LeftButton)
    assert asked.args == ["mnist-mlp"]
    assert bar.task.buttons.value() == "xor"  # nobody opened it
    document.replace(example("vds-mlp"))
    assert bar.task.buttons.value() == "vds-mlp"


def test_tasks_without_a_button_are_in_a_list_and_named_when_open(qtbot, bar, document):
    last = bar.task.buttons.button(OTHERS)
    assert last.text() == "…"
    menu = bar.task.menu()
    named = {action.text(): action for action in menu.actions()}
    assert {"Table", "Next token"} <= set(named) and "Digits" not in named
    with qtbot.waitSignal(bar.example_chosen) as asked:
        named["Next token"].trigger()
    assert asked.args == ["gpt-char"]
    document.replace(example("gpt-char"))
    assert bar.task.buttons.value() == OTHERS and last.text() == "Next token"
    assert {a.text() for a in bar.task.menu().actions() if a.isChecked()} == {"Next token"}


def test_the_right_end_of_the_speed_is_flat_out(qtbot, bar):
    speeds = []
    bar.speed.connect(speeds.append)
    bar.speed_slider.setFocus()
    qtbot.keyClick(bar.speed_slider, Qt.Key.Key_End)
    qtbot.keyClick(bar.speed_slider, Qt.Key.Key_Home)
    assert speeds == [None, 1.0]


def test_what_does_not_fit_is_in_the_popup(bar):
    assert bar.folded() == ()
    window = bar.window()
    window.resize(1040, 300)
    QApplication.processEvents()
    assert bar.folded()[:3] == ("speed", "penalty", "strength")
    for name in bar.folded():
        assert bar.popup.isAncestorOf(bar._places[name])
    for name, place in bar._places.items():
        if name not in bar.folded():
            assert place.geometry().right() < bar.width()
            assert place.width() >= place.minimumSizeHint().width()
    window.resize(1440, 300)
    QApplication.processEvents()
    assert bar.folded() == ()
    assert not bar.popup.isAncestorOf(control(bar, "strength"))


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("scale", [1.0, 1.3])
@pytest.mark.parametrize("width", [1180, 1366, 1440])
def test_nothing_overlaps_or_is_cut_in_the_bar(bar, language, scale, width):
    set_language(language)
    theme.manager().set_scale(scale)
    bar.window().resize(width, 300)
    QApplication.processEvents()
    QApplication.processEvents()
    row = [bar._row.itemAt(i).widget() for i in range(bar._row.count())]
    row = [widget for widget in row if widget is not None]
    for one, other in pairwise(row):
        assert one.geometry().right() < other.geometry().left()
    for widget in row:
        assert widget.width() >= widget.minimumSizeHint().width()


def test_rarer_settings_are_edited_in_the_popup(bar, document):
    form = bar.popup.training
    form.row("epochs").control.plus.click()
    assert document.experiment.training.epochs == example("xor").training.epochs + 1
    bar.popup.forms["optimizer"].row("beta1").control.minus.click()
    assert document.experiment.training.optimizer.beta1 == pytest.approx(0.8)
    pick(control(bar, "optimizer"), "sgd")
    assert "optimizer" not in bar.popup.forms
    document.undo_stack.undo()
    assert bar.popup.forms["optimizer"].spec == document.experiment.training.optimizer


def test_the_bar_speaks_the_language_of_the_window(bar):
    set_language("ko")
    QApplication.processEvents()
    assert bar.play_button.text() == "학습 시작"
    assert bar.settings.fields["learning_rate"].caption.text() == "학습률"
    assert control(bar, "learning_rate").accessibleName() == "학습률"
    assert "에포크" in bar.epoch.accessibleName()
