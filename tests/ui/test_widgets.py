"""The controls as people use them: mouse, wheel, keys."""

import pytest
from active import show
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFontMetrics, QWheelEvent
from PySide6.QtWidgets import QApplication, QStatusBar, QWidget

from playground.ui import theme
from playground.ui.notices import Action, NoticeBoard
from playground.ui.numbers import axis_text, number_text, parse_number, signed_text
from playground.ui.widgets import (
    Button,
    Check,
    Combo,
    Counter,
    ElidedLabel,
    Field,
    Heading,
    LabeledSlider,
    Segment,
    Stepper,
)


def edits(widget):
    seen = []
    widget.edited.connect(lambda value, final: seen.append((value, final)))
    return seen


def wheel(widget, steps=1):
    center = QPointF(widget.rect().center())
    event = QWheelEvent(
        center,
        QPointF(widget.mapToGlobal(center)),
        QPoint(),
        QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def test_numbers_use_the_minus_sign():
    assert number_text(-0.5) == "−0.5"
    assert signed_text(-0.823) == "−0.82"
    assert signed_text(2.03) == "+2.03"
    assert [axis_text(v, 0.25) for v in (0, 0.25, 0.5)] == ["0.00", "0.25", "0.50"]
    assert [axis_text(v, 20) for v in (0, 20)] == ["0", "20"]
    assert axis_text(20000, 20000) == "20k"
    assert axis_text(0.4, 0.2, percent=True) == "40%"


@pytest.mark.parametrize(
    ("text", "value"), [("−0,5", -0.5), (" 1e-3 ", 0.001), ("nan", None), ("", None), ("4x", None)]
)
def test_numbers_are_read_as_people_type_them(text, value):
    assert parse_number(text) == value


def test_stepper_steps_and_stops_at_the_range(qtbot):
    stepper = show(qtbot, Stepper(1, 3, value=2))
    seen = edits(stepper)
    qtbot.mouseClick(stepper.plus, Qt.MouseButton.LeftButton)
    assert (stepper.value(), seen) == (3, [(3, True)])
    assert not stepper.plus.isEnabled()
    assert isinstance(stepper.value(), int)


def test_held_stepper_repeats_and_ends_as_one_edit(qtbot):
    stepper = show(qtbot, Stepper(0, 1000))
    seen = edits(stepper)
    qtbot.mousePress(stepper.plus, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: stepper.value() >= 2)
    qtbot.mouseRelease(stepper.plus, Qt.MouseButton.LeftButton)
    assert [final for _, final in seen] == [False] * (len(seen) - 1) + [True]


def test_stepper_takes_typed_numbers_into_its_range(qtbot):
    stepper = show(qtbot, Stepper(-1, 1, 0.1, decimals=1, value=0))
    seen = edits(stepper)
    for typed, value in (("-0,5", -0.5), ("7", 1.0), ("abc", 1.0)):
        stepper.field.setFocus()
        stepper.field.selectAll()
        qtbot.keyClicks(stepper.field, typed)
        qtbot.keyClick(stepper.field, Qt.Key.Key_Return)
        assert stepper.value() == value
        assert stepper.field.text() == number_text(value, 1)
    assert seen == [(-0.5, True), (1.0, True)]


def test_decimal_steps_do_not_drift(qtbot):
    stepper = show(qtbot, Stepper(0, 1, 0.1, decimals=None))
    for _ in range(3):
        qtbot.mouseClick(stepper.plus, Qt.MouseButton.LeftButton)
    assert stepper.value() == 0.3
    assert stepper.field.text() == "0.3"


def test_arrow_keys_step_and_leaving_the_field_ends_the_edit(qtbot):
    box = show(qtbot, QWidget())
    stepper, other = Stepper(0, 9, parent=box), Check("x", parent=box)
    other.move(0, 60)
    stepper.show(), other.show()
    seen = edits(stepper)
    stepper.setFocus()
    qtbot.keyClick(stepper.field, Qt.Key.Key_Up)
    qtbot.keyClick(stepper.field, Qt.Key.Key_Up)
    assert seen == [(1, False), (2, False)]
    other.setFocus()
    assert seen[-1] == (2, True)


def test_the_wheel_turns_nothing_that_has_no_focus(qtbot):
    box = show(qtbot, QWidget())
    inputs = [
        Stepper(0, 9, value=5, parent=box),
        LabeledSlider("Noise", value=0.5, parent=box),
        Combo([(1, "one"), (2, "two")], parent=box),
    ]
    for widget in inputs:
        before = widget.value()
        wheel(widget, -1)
        assert widget.value() == before


def test_setting_a_value_is_no_edit(qtbot):
    inputs = [
        (Stepper(0, 9), 4),
        (LabeledSlider("Noise"), 0.25),
        (Combo([(1, "one"), (2, "two")]), 2),
        (Check("Use bias"), True),
        (Segment([("a", "A"), ("b", "B")]), "b"),
    ]
    for widget, value in inputs:
        qtbot.addWidget(widget)
        seen, changes = edits(widget), []
        widget.valueChanged.connect(changes.append)
        widget.set_value(value)
        assert (widget.value(), changes, seen) == (value, [value], [])


def test_slider_drag_is_one_edit(qtbot):
    slider = show(qtbot, LabeledSlider("Noise", 0, 0.5, 0.01, "{:.0%}".format, 0.1))
    slider.resize(300, 38)
    seen = edits(slider)
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(150, 28))
    assert slider.value() == pytest.approx(0.25, abs=0.01)
    qtbot.mouseMove(slider, QPoint(290, 5))
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(290, 5))
    assert [final for _, final in seen] == [False] * (len(seen) - 1) + [True]
    assert seen[-1][0] == slider.value()


def test_slider_answers_to_the_keyboard(qtbot):
    slider = show(qtbot, LabeledSlider("Noise", 0, 1, 0.05, value=0.5))
    slider.setFocus()
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert slider.value() == 0.55
    qtbot.keyClick(slider, Qt.Key.Key_Home)
    assert slider.value() == 0


def test_combo_takes_typed_learning_rates(qtbot):
    combo = show(qtbot, Combo([(0.001, "0.001"), (0.01, "0.01")], typed=(1e-6, 10.0)))
    combo.set_value(0.01)
    seen = edits(combo)
    for typed, value in (("0,005", 0.005), ("99", 10.0), ("fast", 10.0), ("0.01", 0.01)):
        combo.setFocus()
        combo.lineEdit().selectAll()
        qtbot.keyClicks(combo, typed)
        qtbot.keyClick(combo, Qt.Key.Key_Return)
        assert combo.value() == value
        assert combo.currentText() == number_text(value)
    assert seen == [(0.005, True), (10.0, True), (0.01, True)]


def test_combo_keeps_its_value_when_its_texts_are_translated(qtbot):
    combo = show(qtbot, Combo([("sgd", "SGD"), ("adam", "Adam")]))
    combo.set_value("adam")
    seen = edits(combo)
    combo.set_options([("adam", "아담"), ("sgd", "확률적 경사하강법(SGD)")])
    assert (combo.value(), combo.currentText(), seen) == ("adam", "아담", [])
    text = QFontMetrics(combo.font()).horizontalAdvance("확률적 경사하강법(SGD)")
    assert combo.minimumSizeHint().width() > text


def test_segment_is_chosen_by_mouse_and_arrow_keys(qtbot):
    segment = show(qtbot, Segment([("xor", "XOR"), ("mnist", "MNIST"), ("vds", "VDS")]))
    seen = edits(segment)
    qtbot.mouseClick(segment.button("mnist"), Qt.MouseButton.LeftButton)
    qtbot.keyClick(segment.button("mnist"), Qt.Key.Key_Right)
    assert seen == [("mnist", True), ("vds", True)]
    assert segment.value() == "vds"


@pytest.mark.parametrize(
    ("control", "target"),
    [
        (lambda: Button("OK", kind="small"), lambda c: c),
        (lambda: Button(icon="close", kind="flat", name="Close"), lambda c: c),
        (lambda: Combo([(1, "1")]), lambda c: c),
        (lambda: Check("x"), lambda c: c),
        (lambda: LabeledSlider("x"), lambda c: c),
        (lambda: Stepper(0, 9), lambda c: c.plus),
        (lambda: Segment([(1, "%")], small=True), lambda c: c.button(1)),
    ],
)
def test_hit_areas_are_at_least_28_px(qtbot, control, target):
    control = show(qtbot, control())
    assert target(control).width() >= 28
    assert control.height() >= 28 and target(control).height() >= control.height() - 2


def test_field_names_its_control_for_screen_readers(qtbot):
    field = show(qtbot, Field("Units", Stepper(1, 9)))
    assert field.control.accessibleName() == "Units"
    field.set_caption("유닛 수", "층에 있는 유닛의 수")
    assert field.control.field.accessibleName() == "유닛 수"


def test_counter_never_shrinks_while_it_counts(qtbot):
    counter = show(qtbot, Counter("Batch"))
    counter.set_value("1,234,567", "2,000,000")
    wide = counter.sizeHint().width()
    counter.set_value("1")
    assert counter.sizeHint().width() == wide
    counter.refit()
    assert counter.sizeHint().width() < wide


def test_elided_label_tells_all_in_its_tooltip(qtbot):
    label = show(qtbot, ElidedLabel("a very long name of a file that somebody chose.csv"))
    label.resize(80, 20)
    label.grab()
    assert label.toolTip() == label.text()


def test_notice_stays_until_answered_and_then_acts(qtbot):
    board = show(qtbot, NoticeBoard())
    done = []
    banner = board.post("error", "Dense 1 needs a list.", [Action("Fix", lambda: done.append(1))])
    fix = next(b for b in banner.findChildren(Button) if b.text() == "Fix")
    qtbot.mouseClick(fix, Qt.MouseButton.LeftButton)
    assert (done, board.banners(), board.isVisible()) == ([1], [], False)


def test_a_notice_replaces_its_older_self_and_old_ones_give_way(qtbot):
    board = show(qtbot, NoticeBoard())
    board.post("warn", "The loss is 3.", key="loss")
    board.post("warn", "The loss is 4.", key="loss")
    assert board.banners() == ["loss"]
    board.post("info", "b")
    board.post("info", "c")
    assert board.banners() == ["b", "c"]


def test_short_notices_go_to_the_status_bar(qtbot):
    bar = show(qtbot, QStatusBar())
    board = NoticeBoard(bar)
    qtbot.addWidget(board)
    board.say("Weights kept.")
    assert bar.currentMessage() == "Weights kept."


def test_the_detail_of_a_heading_stands_beside_its_title_in_each_size(qtbot):
    heading = Heading("Confusion matrix", detail="true")
    qtbot.addWidget(heading)
    heading.resize(900, 60)
    heading.show()
    for scale in (2.0, 1.0):
        theme.manager().set_scale(scale)
        QApplication.processEvents()
        words = heading.title.fontMetrics().horizontalAdvance("Confusion matrix")
        assert heading.detail.x() - heading.title.x() <= words + 10
        assert not heading.title.toolTip(), "all of it is seen"


@pytest.mark.parametrize("text", ["Data", "데이터", "Dense 1", "embedding", "Confusion matrix"])
def test_a_label_that_may_be_cut_is_whole_in_the_size_it_asks_for(qtbot, text):
    label = ElidedLabel(text, "heading")
    qtbot.addWidget(label)
    label.show()
    label.resize(label.sizeHint())
    label.grab()
    assert label.toolTip() == ""
    label.resize(label.width() - 6, label.height())
    label.grab()
    assert label.toolTip() == text
