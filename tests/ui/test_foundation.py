"""Theme, translation, controls, notices and charts, as a person meets them."""

import math
import string

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTranslator
from PySide6.QtGui import QColor, QFontMetrics, QPalette, QWheelEvent
from PySide6.QtWidgets import QApplication, QStatusBar, QWidget

from engine.errors import DataError, ShapeError
from engine.text import Text
from playground.resources import asset
from playground.ui import i18n, icons, theme, translations
from playground.ui.i18n import Translated, tr, tr_error, tr_n
from playground.ui.notices import Action, NoticeBoard
from playground.ui.numbers import axis_text, number_text, parse_number, signed_text
from playground.ui.particles import choose_particles
from playground.ui.plots import TRAINING, VALIDATION, Chart
from playground.ui.scales import log_ticks, thin, x_limit
from playground.ui.widgets import (
    Button,
    Check,
    Combo,
    Counter,
    ElidedLabel,
    Field,
    Label,
    LabeledSlider,
    Segment,
    Stepper,
)


def show(qtbot, widget):
    qtbot.addWidget(widget)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()
    return widget


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


def contrast(a: QColor, b: QColor) -> float:
    def luminance(color):
        c = np.array(color.getRgbF()[:3])
        return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4) @ [
            0.2126,
            0.7152,
            0.0722,
        ]

    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


# Theme


@pytest.mark.parametrize("name", ["light", "dark"])
def test_text_is_readable_on_every_surface(name):
    colors = theme.load(name)
    for token in ("ink", "ink2", "ink3", "pos", "negt", "val", "ok", "err", "warn"):
        for surface in ("panel", "bg", "raised", "canvas", "sel", "hover"):
            assert contrast(colors.color(token), colors.color(surface)) >= 4.5, (token, surface)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_numbers_on_data_cells_are_readable(name):
    colors = theme.load(name)
    for cell in (*colors.class10, colors.pos, colors.neg, colors.zero):
        assert contrast(theme.text_on(cell), cell) >= 4.58


def test_diverging_map_shows_sign_by_hue_and_size_by_strength():
    colors = theme.current()
    picture = theme.diverging(np.array([[-1.0, 0.0, 1.0], [-5.0, np.nan, 5.0]]))
    assert picture.shape == (2, 3, 4)
    assert picture.dtype == np.uint8
    poles = [c.getRgb() for c in (colors.neg, colors.zero, colors.pos)]
    assert picture[0].tolist() == [list(c) for c in poles]
    assert picture[1].tolist() == picture[0].tolist()
    half = theme.diverging(0.5)[:3] / 1.0
    zero, pos = (np.array(c.getRgb()[:3]) for c in (colors.zero, colors.pos))
    assert np.abs(half - (zero + (pos - zero) * 0.5**0.9)).max() < 1.5
    pale = theme.diverging(1.0, strength=0.62)[:3] / 1.0
    assert np.abs(pale - (zero + (pos - zero) * 0.62)).max() < 1.0


def test_ramp_runs_from_the_surface_to_the_class_colour():
    colors = theme.current()
    ends = theme.ramp([0.0, 1.0], colors.class10[3])
    assert ends.tolist() == [list(colors.zero.getRgb()), list(colors.class10[3].getRgb())]


def test_two_classes_are_orange_and_blue_ten_have_their_own_colours():
    colors = theme.current()
    assert (colors.class_color(0, 2), colors.class_color(1, 2)) == (colors.neg, colors.pos)
    assert len({colors.class_color(i).name() for i in range(10)}) == 10


def test_switching_the_theme_recolours_the_application(qtbot, qapp, dressed):
    button = show(qtbot, Button(icon="play", name="Play"))
    light = button.icon().pixmap(18).toImage()
    with qtbot.waitSignal(dressed.changed):
        dressed.toggle()
    assert theme.current().is_dark
    assert qapp.palette().color(QPalette.ColorRole.Window) == theme.load("dark").bg
    assert "@" not in qapp.styleSheet()
    assert button.icon().pixmap(18).toImage() != light


def test_text_size_multiplies_the_controls(qtbot, dressed):
    button = show(qtbot, Button("Play"))
    label = show(qtbot, Label("Play", "heading"))
    height, width = button.height(), QFontMetrics(label.font()).horizontalAdvance("Play")
    dressed.set_scale(1.5)
    assert button.sizeHint().height() > 1.4 * height
    assert QFontMetrics(label.font()).horizontalAdvance("Play") > 1.4 * width


def test_digits_have_equal_width(qtbot):
    label = show(qtbot, Label("1", "counter"))
    metrics = QFontMetrics(label.font())
    assert metrics.horizontalAdvance("111") == metrics.horizontalAdvance("000")


def test_hangul_and_latin_come_from_the_bundled_font(qtbot):
    label = show(qtbot, Label("학습 시작"))
    assert label.fontInfo().family() == "Pretendard"
    assert QFontMetrics(label.font()).inFontUcs4(ord("학"))


def test_every_icon_can_be_drawn_in_any_colour(qapp):
    names = sorted(path.stem for path in asset("icons").glob("*.svg"))
    assert len(names) > 50
    for name in names:
        picture = icons.pixmap(name, 18, QColor("#ff0000"), ratio=2).toImage()
        pixels = np.frombuffer(picture.constBits(), np.uint8).reshape(36, 36, 4)
        drawn = pixels[pixels[..., 3] > 200]
        assert len(drawn), name
        assert (drawn[:, 2] > 200).all() and (drawn[:, 0] < 60).all(), name


# Language


class Greeting(Translated, Label):
    def __init__(self):
        super().__init__()
        self.retranslate()

    def retranslate(self):
        self.setText(tr("Close"))


def test_switching_the_language_rewrites_living_widgets(qtbot):
    parent = show(qtbot, QWidget())
    label = Greeting()
    label.setParent(parent)
    i18n.set_language("ko")
    qtbot.waitUntil(lambda: label.text() == "닫기")
    i18n.set_language("en")
    qtbot.waitUntil(lambda: label.text() == "Close")


def test_errors_of_the_engine_are_told_in_the_chosen_language():
    error = ShapeError("{layer} needs a list, but gets {shape}.", shape="16×5×5")
    error.at("dense_1", "Dense 1")
    assert tr_error(error) == "Dense 1 needs a list, but gets 16×5×5."
    i18n.set_language("ko")
    assert tr_error(error) != str(error)
    assert "Dense 1" in tr_error(error) and "16×5×5" in tr_error(error)
    nested = DataError("{file}: {reason}", file="a.csv", reason=Text("There is no such file."))
    assert "There is" not in tr_error(nested)


def test_other_exceptions_speak_for_themselves():
    assert tr_error(OSError("disk full")) == "disk full"


def test_english_distinguishes_one_from_many():
    assert tr_n("{n} problem", "{n} problems", 1) == "1 problem"
    assert tr_n("{n} problem", "{n} problems", 3) == "3 problems"


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("밀집층은(는)", "밀집층은"),
        ("입력 변수은(는)", "입력 변수는"),
        ("Dense 1은(는)", "Dense 1은"),
        ("Dense 2이(가)", "Dense 2가"),
        ("Adam을(를)", "Adam을"),
        ("ReLU을(를)", "ReLU를"),
        ("서울으로(로)", "서울로"),
        ("집으로(로)", "집으로"),
        ("“a.csv”을(를)", "“a.csv”를"),
    ],
)
def test_particles_fit_the_word_before_them(given, wanted):
    assert choose_particles(given) == wanted


def test_collected_strings_keep_their_translations_and_lose_the_vanished(tmp_path):
    for package in ("engine", "playground"):
        (tmp_path / package).mkdir()
    (tmp_path / "engine" / "a.py").write_text(
        'SHAPES = ("ring", "spiral")\n'
        "class MyError(EngineError): ...\n"
        'x = param(1, label="Rate", choices=SHAPES)\n'
        'raise MyError("{file} is gone.", file=f)\n'
        'raise ValueError("for programmers")\n'
        'y = Text("to a list")\n'
    )
    (tmp_path / "playground" / "b.py").write_text(
        'tr("Play")\ntr("Open" if a else "Close", "verb")\ntr(variable)\n'
        'tr_n("{n} point", "{n} points", n)\nN_("Later")\n'
    )
    found = translations.collect(tmp_path)
    assert [m[1:] for m in found if m[0] == "engine"] == [
        ("Rate", ""),
        ("ring", ""),
        ("spiral", ""),
        ("to a list", ""),
        ("{file} is gone.", ""),
    ]
    assert [m[1:] for m in found if m[0] == "playground"] == [
        ("Close", "verb"),
        ("Later", ""),
        ("Open", "verb"),
        ("Play", ""),
        ("{n} point", ""),
        ("{n} points", ""),
    ]
    file = tmp_path / "ko.ts"
    translations.write(file, found, {found[0]: "율 <1>", ("engine", "Gone", ""): "없음"})
    assert translations.read(file) == {found[0]: "율 <1>"}


def places(text):
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name)


def test_every_string_is_translated_with_the_same_places():
    known = translations.read(asset("translations", "ko.ts"))
    messages = translations.collect()
    assert [m for m in messages if m not in known] == []
    assert [m for m in known if m not in messages] == []
    assert [m for m in messages if set(places(m[1])) != set(places(known[m]))] == []


def test_the_compiled_translation_is_up_to_date():
    compiled = asset("translations", "ko.qm").read_bytes()
    translator = QTranslator()
    assert translator.load(compiled)
    for (context, source, comment), text in translations.read(
        asset("translations", "ko.ts")
    ).items():
        assert translator.translate(context, source, comment) == text


# Numbers


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


# Controls


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


# Notices


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


# Charts


def test_thinning_keeps_the_extremes_and_the_end():
    x = np.arange(100_000)
    y = np.sin(x / 500.0)
    y[77_777], y[3] = 9.0, -9.0
    y[50_000:50_010] = np.nan
    tx, ty = thin(x, y)
    assert len(tx) == len(ty) <= 400
    assert (np.diff(tx) > 0).all()
    assert {77_777, 3, 99_999} <= set(tx)
    assert np.isfinite(ty).all()


@pytest.mark.parametrize("n", [0, 1, 399, 400, 401, 797, 1000, 1201])
def test_thinning_works_for_any_length(n):
    x = np.arange(n)
    tx, ty = thin(x, x**2)
    assert len(tx) <= 400
    assert (ty == tx**2).all()
    assert list(tx[-1:]) == list(x[-1:])


def test_x_grows_in_steps():
    assert [x_limit(v) for v in (1, 10, 52, 60, 61, 150, 201, 40_000)] == [
        10,
        10,
        60,
        60,
        100,
        200,
        300,
        60_000,
    ]


def test_logarithmic_ticks_are_ones_and_threes():
    assert [text for _, text in log_ticks(math.log10(0.03), math.log10(3))] == [
        "0.03",
        "0.1",
        "0.3",
        "1",
        "3",
    ]


def y_range(chart):
    return tuple(chart.area.viewRange()[1])


def loss_chart(qtbot, **options):
    chart = show(qtbot, Chart("Loss", **options))
    chart.resize(320, 160)
    chart.add_curve("training", "training", TRAINING)
    chart.add_curve("validation", "validation", VALIDATION)
    return chart


def test_axes_stay_while_the_loss_falls_and_restart_with_a_new_run(qtbot):
    chart = loss_chart(qtbot)
    x = np.arange(50)
    chart.set_curve("training", x, np.linspace(0.7, 0.5, 50))
    before = chart.area.viewRange()
    chart.set_curve("training", np.arange(55), np.linspace(0.7, 0.1, 55))
    assert chart.area.viewRange() == before
    chart.set_curve("training", np.arange(70), np.full(70, 0.2))
    assert chart.area.viewRange()[0] != before[0]
    chart.set_curve("training", x[:3], [0.1, 0.1, 0.1])
    assert y_range(chart)[1] < before[1][1]


def test_accuracy_starts_at_chance_and_widens_for_what_lies_below(qtbot):
    chart = loss_chart(qtbot, y_range=(0.5, 1.0), percent=True)
    assert y_range(chart)[0] == 0.5
    chart.set_curve("training", [0, 1, 2], [0.43, 0.6, 0.9])
    assert y_range(chart)[0] == pytest.approx(0.4)


@pytest.mark.parametrize("log_y", [False, True])
def test_a_diverged_loss_does_not_break_the_chart(qtbot, log_y):
    chart = loss_chart(qtbot, log_y=log_y)
    chart.set_curve("training", [0, 1, 2, 3], [0.5, 0.7, np.inf, np.nan])
    chart.set_curve("validation", [0, 1], [np.nan, np.nan])
    assert np.isfinite(y_range(chart)).all()
    chart.grab()


def test_zero_loss_is_left_out_of_a_logarithmic_chart(qtbot):
    chart = loss_chart(qtbot)
    chart.set_curve("training", [0, 1, 2], [1.0, 0.1, 0.0])
    chart.set_log_y(True)
    assert y_range(chart)[0] == pytest.approx(-1)


def test_the_mouse_reads_values_out(qtbot):
    chart = loss_chart(qtbot)
    chart.set_text("Loss", "Epoch", {"training": "training"}, "Press Play.")
    chart.set_curve("training", [0, 5, 10], [0.7, 0.5, 0.25])
    chart.grab()
    box = chart.area.getViewBox()
    seen = []
    chart.hovered.connect(seen.append)
    at = chart.area.mapFromScene(box.mapViewToScene(QPointF(5.4, 0.3)))
    qtbot.mouseMove(chart.area.viewport(), at)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [5.0]
    tip = next(c for c in chart.findChildren(Label) if c.property("role") == "tip")
    assert "Epoch 5" in tip.text() and "training 0.500" in tip.text()


def test_chart_describes_itself(qtbot):
    chart = loss_chart(qtbot)
    chart.set_curve("training", np.arange(53), np.linspace(0.7, 0.222, 53))
    chart.set_text("Loss", "epoch", {})
    assert chart.accessibleName() == "Loss, training 0.222, epoch 52, falling"
