"""How learning curves are drawn, chosen from a menu: axes, smoothing, a second measure, export."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QActionGroup, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from engine.errors import DataError
from playground.snapshot import Snapshot
from playground.ui.i18n import N_, tr

X_AXES = {"epoch": N_("Epoch"), "step": N_("Iteration"), "seconds": N_("Seconds")}
SMOOTHING = {0.0: N_("None"), 0.6: N_("Light"), 0.9: N_("Strong")}

MEASURES = {
    "loss": N_("Loss"),
    "accuracy": N_("Accuracy"),
    "perplexity": N_("Perplexity"),
    "exact_match": N_("Whole answers right"),
    "rmse": "RMSE",
    "mae": "MAE",
    "mape": "MAPE",
    "r2": "R²",
    "learning_rate": N_("Learning rate"),
}


def smoothed(y: NDArray[np.float64], weight: float) -> NDArray[np.float64]:
    """Return the running mean m ← w m + (1 − w) y, divided by 1 − wⁿ as in Adam.

    What is not finite stays as it is and is left out of the mean.
    """
    if not weight:
        return y
    out, mean, count = np.array(y), 0.0, 0
    for i, value in enumerate(y.tolist()):
        if np.isfinite(value):
            count += 1
            mean = weight * mean + (1 - weight) * value
            out[i] = mean / (1 - weight**count)
    return out


class CurveOptions(QObject):
    """The choices, and the menu that offers them.

    Attributes
    ----------
    x
        What runs along the horizontal axis: ``epoch``, ``step`` or ``seconds``.
    smoothing
        The weight of the past in the running mean; 0 draws the values as they are.
    second
        The measure of the second chart; empty for the usual one.

    Signals
    -------
    changed()
        A person chose otherwise.
    refused(error)
        A file could not be written.
    """

    changed = Signal()
    refused = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.x, self.smoothing, self.second = "epoch", 0.0, ""
        self.log_x = False
        self._widget = parent

    def choose(self, name: str, value: object) -> None:
        """Set one of the choices."""
        if getattr(self, name) != value:
            setattr(self, name, value)
            self.changed.emit()

    def menu(self, snapshot: Snapshot | None, usual: str) -> QMenu:
        """Return the menu for what a run measures; `usual` is the second chart's own measure."""
        menu = QMenu(self._widget)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._group(menu, tr("Horizontal axis"), "x", {k: tr(v) for k, v in X_AXES.items()})
        log = menu.addAction(tr("Logarithmic horizontal axis"))
        log.setCheckable(True)
        log.setChecked(self.log_x)
        log.triggered.connect(lambda on: self.choose("log_x", on))
        self._group(menu, tr("Smoothing"), "smoothing", {k: tr(v) for k, v in SMOOTHING.items()})
        columns = () if snapshot is None else snapshot.history.columns
        measured = [
            name
            for name in MEASURES
            if name != usual
            and name != "loss"
            and (name in columns or f"training_{name}" in columns)
        ]
        second = {"": tr(MEASURES[usual]) if usual else tr("None")}
        second |= {name: tr(MEASURES[name]) for name in measured}
        self._group(menu, tr("Second chart"), "second", second)
        menu.addSeparator()
        for text, kind, save in (
            (tr("Save as picture (PNG) …"), "png", self._save_png),
            (tr("Save as drawing (SVG) …"), "svg", self._save_svg),
            (tr("Save the numbers (CSV) …"), "csv", lambda path: save_csv(path, snapshot)),
        ):
            menu.addAction(text, lambda kind=kind, save=save: self._ask(kind, save))
        return menu

    def _group(self, menu: QMenu, title: str, name: str, options: dict[object, str]) -> None:
        part = menu.addMenu(title)
        group = QActionGroup(part)
        for value, text in options.items():
            action = part.addAction(text)
            action.setCheckable(True)
            action.setChecked(getattr(self, name) == value)
            action.triggered.connect(lambda _on, value=value: self.choose(name, value))
            group.addAction(action)

    def _ask(self, kind: str, save: Callable[[Path], None]) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self._widget,
            tr("Save the learning curves"),
            str(Path.home() / f"curves.{kind}"),
            f"{kind.upper()} (*.{kind})",
        )
        if not name:
            return
        path = Path(name)
        try:
            save(path if path.suffix else path.with_suffix(f".{kind}"))
        except DataError as error:
            self.refused.emit(error)

    def _save_png(self, path: Path) -> None:
        if not self._widget.grab().save(str(path), "PNG"):
            raise _unwritable(path)

    def _save_svg(self, path: Path) -> None:
        size = QSize(self._widget.width(), self._widget.height())
        generator = QSvgGenerator()
        generator.setFileName(str(path))
        generator.setSize(size)
        generator.setViewBox(self._widget.rect())
        generator.setTitle(tr("Learning curves"))
        painter = QPainter()
        if not painter.begin(generator):
            raise _unwritable(path)
        self._widget.render(painter, QPoint())
        painter.end()


def save_csv(path: Path, snapshot: Snapshot | None) -> None:
    """Write every recorded row of a run, one column a measure."""
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            if snapshot is not None:
                writer.writerow(snapshot.history.columns)
                writer.writerows(snapshot.history.rows.tolist())
    except OSError:
        raise _unwritable(path) from None


def _unwritable(path: Path) -> DataError:
    return DataError("{file} cannot be written; choose another folder.", file=path)
