"""Projector mode: network, chosen views and three large numbers, readable from the back row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QFont,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QWidget

from engine.experiment import Experiment
from playground.examples import examples, preset_name
from playground.snapshot import Snapshot
from playground.ui import theme
from playground.ui.i18n import Translated, language, tr, tr_engine
from playground.ui.numbers import number_text
from playground.ui.widgets import Label

if TYPE_CHECKING:
    from playground.ui.window import Window

DESIGNED_HEIGHT = 1080
SCALE = 2.1
"""How much larger everything is on a screen of the designed height."""

VIEWS = 0.42
"""The share of the width that the views at the right have."""

LARGEST, STEP = 3.0, 1.1
STRIP_SECONDS = 4
"""Seconds without input after which the strip of keys is hidden."""

RING = 26.0
"""The radius of the ring around the pointer, in pixels on a screen of the designed height."""


class Projector(QObject):
    """Enters and leaves the mode, and keeps what has to come back.

    Attributes
    ----------
    active
        Whether the mode is on.
    header
        Task, epoch, loss and accuracy; part of the window, and only then to be seen.
    """

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.active = False
        self.header = ProjectorHeader(window)
        self.strip = KeyStrip(window)
        self.ring = PointerRing(window)
        self._kept: tuple[float, str, bool, list[QWidget]] = (1.0, "light", False, [])
        self._chosen: list[str] = []
        self._hide = QTimer(self, singleShot=True, interval=1000 * STRIP_SECONDS)
        self._hide.timeout.connect(self.strip.hide)
        self._resized = QTimer(self, singleShot=True, interval=0)
        self._resized.timeout.connect(self.arrange)
        for widget in (self.header, self.strip, self.ring):
            widget.hide()
        follow = Qt.ConnectionType.QueuedConnection  # once the views of the task stand
        window.document.changed.connect(self._follow, follow)

    def _follow(self, old: Experiment, new: Experiment) -> None:
        """Hide what the views of another network brought with them, and give these their share."""
        if self.active:
            self._window.stage.inspector.hide()
            if old.task.kind != new.task.kind:
                self._choose_open()

    def _choose_open(self) -> None:
        """Show those views that are open, as many as there is room for."""
        docks = self._window.stage.docks()
        self._chosen = [dock.objectName() for dock in docks if not dock.isHidden()]
        self.arrange()

    def choose(self, name: str, shown: bool) -> None:
        """Show a view rather than others, or no longer."""
        others = [one for one in self._chosen if one != name]
        self._chosen = [name, *others] if shown else others
        self.arrange()
        if shown:
            self._window.stage.open_view(name)

    def arrange(self) -> None:
        """Show as many of the chosen views as can be read in this size."""
        self._window.stage.show_fitting(self._chosen, VIEWS)
        self._window.draw_anew()

    def offer_views(self) -> None:
        """List the views, those in sight marked, for a person to choose."""
        stage = self._window.stage
        menu = QMenu(stage)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        stage.list_views(menu, self.choose)
        menu.popup(stage.mapToGlobal(QPoint(round((1 - VIEWS) * stage.width()), 0)))

    def toggle(self) -> None:
        """Enter the mode, or leave it."""
        self.leave() if self.active else self.enter()

    def enter(self) -> None:
        """Hide all but network, views and numbers, and enlarge what stays."""
        window, manager = self._window, theme.manager()
        shown = [part for part in self._chrome() if not part.isHidden()]
        self._kept = manager.scale, manager.choice, window.isMaximized(), shown
        window.stage.lend()
        self.active = True
        for part in shown:
            part.hide()
        self.header.show_experiment(window.document.experiment)
        self.header.show()
        window.windowHandle().installEventFilter(self)
        window.showFullScreen()
        screen = window.screen() or QGuiApplication.primaryScreen()
        window.setGeometry(screen.geometry())  # where nobody manages windows
        manager.set_look("light", SCALE * screen.size().height() / DESIGNED_HEIGHT)
        self._choose_open()
        window.canvas.fit()
        self.touch()

    def _chrome(self) -> list[QWidget]:
        """Return what stands around network and views."""
        window = self._window
        bars: list[QWidget] = [window.menuBar(), window.status, window.transport, window.header]
        sides = [window.frame.rail, window.frame.left, window.stage.inspector]
        return [*bars, *sides, window.canvas.zoom_control]

    def leave(self) -> None:
        """Bring everything back as it was."""
        if not self.active:
            return
        scale, choice, maximized, shown = self._kept
        self.active = False
        self._window.windowHandle().removeEventFilter(self)
        self._hide.stop()
        self._resized.stop()
        for widget in (self.header, self.strip, self.ring):
            widget.hide()
        manager = theme.manager()
        manager.set_look(choice, scale)
        for part in shown:
            part.show()
        window = self._window
        window.showMaximized() if maximized else window.showNormal()
        window.frame.rescale()
        window.stage.take_back()
        window.stage.inspector.setVisible(window.stage.inspector in shown)
        window.canvas.fit()
        window.draw_anew()

    def touch(self) -> None:
        """Show the keys for a few seconds."""
        self.strip.place()
        self.strip.show()
        self.strip.raise_()
        self._hide.start()

    def resize_text(self, direction: int) -> None:
        """Make everything larger or smaller by a step."""
        manager = theme.manager()
        least = self._kept[0]
        manager.set_scale(min(max(manager.scale * STEP**direction, least), LARGEST * SCALE))
        self.strip.place()
        self.arrange()

    def key(self, event: QKeyEvent) -> bool:
        """Obey a key of the mode; return whether it is one."""
        window, key = self._window, event.key()
        if key == Qt.Key.Key_Escape:
            self.leave()
        elif key == Qt.Key.Key_Right:
            window.session.step("iteration")
        elif key == Qt.Key.Key_R:
            window.session.reset()
        elif key == Qt.Key.Key_V:
            self.offer_views()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.resize_text(1)
        elif key == Qt.Key.Key_Minus:
            self.resize_text(-1)
        else:
            return False
        return True

    def _is_typed_into(self) -> bool:
        """Whether letters belong to a field, such as the beginning of a text."""
        field = self._window.focusWidget()
        return field is not None and field.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the pointer, and let the keys of the mode come before all others."""
        kind = event.type()
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self.touch()
            plain = event.modifiers() in (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.ShiftModifier,
                Qt.KeyboardModifier.KeypadModifier,
            )
            typed = self._is_typed_into() and event.key() != Qt.Key.Key_Escape
            return plain and not typed and self.key(event)
        if kind == QEvent.Type.Resize:
            self._resized.start()  # the screen may be granted late
        if kind == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            self.touch()
            self.ring.follow(event.globalPosition())
        return False


class ProjectorHeader(Translated, QFrame):
    """Task and network at the left; epoch, loss and accuracy at the right."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, objectName="panel")
        self._experiment: Experiment | None = None
        self._lengths: list[int] = []
        self._title, self._detail = QLabel(), Label(role="detail")
        self._numbers = {name: (Label(role="detail"), QLabel("–")) for name in ("1", "2", "3")}
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 4, 24, 4)
        row.setSpacing(16)
        row.addWidget(self._title)
        row.addWidget(self._detail)
        row.addStretch(1)
        for caption, number in self._numbers.values():
            row.addWidget(caption)
            row.addWidget(number)
        theme.manager().changed.connect(self._fit)
        self._fit()

    def _restyle(self, share: float = 1.0) -> None:
        title = QFont(theme.font("metric"))
        title.setPixelSize(round(share * title.pixelSize()))
        self._title.setFont(title)
        number = QFont(title)
        number.setPixelSize(round(1.3 * title.pixelSize()))
        for _, label in self._numbers.values():
            label.setFont(number)

    def _fit(self) -> None:
        """Leave out the details where they have no room, and then write smaller."""
        self._detail.show()
        self._restyle()
        if self.sizeHint().width() > self.width():
            self._detail.hide()
            large = [self._title, *(number for _, number in self._numbers.values())]
            room = sum(label.sizeHint().width() for label in large)
            left = room - (self.sizeHint().width() - self.width())
            self._restyle(min(1.0, max(0.5, left / room)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def show_experiment(self, experiment: Experiment) -> None:
        """Say what is trained."""
        self._experiment = experiment
        training = experiment.training
        name = preset_name(experiment)
        network = examples()[name].titles[language()] if name else tr("Custom")
        self._title.setText(tr_engine(experiment.task.label))
        optimizer = tr_engine(training.optimizer.label)
        self._detail.setText(f"{network} · {optimizer} {number_text(training.learning_rate)}")

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Write the latest numbers, with two decimals."""
        if snapshot.experiment is not self._experiment:
            self.show_experiment(snapshot.experiment)
        last = snapshot.history.last()
        loss = last.get("training_loss")
        classes = snapshot.experiment.task.target.classes
        quality = last.get("validation_accuracy" if classes else "validation_rmse")
        written = "–"
        if quality is not None:
            written = f"{100 * quality:.0f}%" if classes else number_text(quality, 2)
        texts = {
            "1": (tr("Epoch"), f"{snapshot.epoch:,}"),
            "2": (tr("Loss"), "–" if loss is None else _short(loss)),
            "3": (tr("Accuracy") if classes else "RMSE", written),
        }
        for key, (caption, number) in texts.items():
            self._numbers[key][0].setText(caption)
            self._numbers[key][1].setText(number)
        lengths = [len(number) for _, number in texts.values()]
        if lengths != self._lengths:
            self._lengths = lengths
            self._fit()

    def retranslate(self) -> None:
        """Write the texts in the present language."""
        if self._experiment is not None:
            self.show_experiment(self._experiment)


def _short(value: float) -> str:
    """Write two decimals, and more of a small number."""
    return number_text(value, 2 if value >= 0.1 else 3 if value >= 0.01 else 4)


class KeyStrip(Translated, QFrame):
    """What the keys do in this mode, at the lower right corner."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, objectName="panel")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._text = Label(role="caption")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.addWidget(self._text)
        self.retranslate()

    def place(self) -> None:
        """Stand in the corner of the window."""
        self.adjustSize()
        window = self.parentWidget()
        self.move(window.width() - self.width() - 16, window.height() - self.height() - 12)

    def retranslate(self) -> None:
        """Write the keys in the present language."""
        keys = {
            tr("Space"): tr("Play / Pause"),
            "→": tr("Step"),
            "R": tr("Reset"),
            "V": tr("Views"),
            "+ −": tr("Text size"),
            "Esc": tr("Leave"),
        }
        self._text.setText("     ".join(f"[{key}] {text}" for key, text in keys.items()))
        self.place()


class PointerRing(QWidget):
    """A ring around the pointer, so that a class can follow it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def follow(self, at: QPointF) -> None:
        """Move to where the pointer is, in coordinates of the screen."""
        scale = theme.manager().scale / SCALE
        size = round(2 * RING * scale) + 8
        spot = self.parentWidget().mapFromGlobal(at.toPoint())
        self.setGeometry(spot.x() - size // 2, spot.y() - size // 2, size, size)
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        glow = QColor(theme.current().warn)
        glow.setAlpha(60)
        painter.setBrush(glow)
        painter.setPen(QPen(theme.current().ink, 3))
        painter.drawEllipse(QRectF(self.rect()).adjusted(4, 4, -4, -4))
