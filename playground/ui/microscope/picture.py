"""What the drawing of the microscope shows in one step, and where: no widget, no painter."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor

from playground.ui import theme
from playground.ui.i18n import tr
from playground.ui.microscope import nodes
from playground.ui.microscope.arithmetic import signed
from playground.ui.microscope.formula import font_of, width_of
from playground.ui.microscope.markup import plain
from playground.ui.microscope.placing import (
    MOST_LABELS,
    on_path,
    place_label,
    place_units,
    weights,
)
from playground.ui.microscope.situation import Place, Situation
from playground.ui.microscope.story import Card

_REACH = 6.0
PATH_STEPS = ("weight", "update")
"""The steps that are about one parameter, where all others stand back."""


class Picture:
    """The numbers of a situation that one step shows, and their places in a room.

    Attributes
    ----------
    placing
        The places of units and loss.
    labels, biases
        The boxes of weights that are told, and of the biases under their units.
    """

    def __init__(self, situation: Situation, step: str, width: float, height: float) -> None:
        self.situation, self.step = situation, step
        self.placing = place_units(situation, width, height, theme.manager().scale)
        self.labels: dict[Place, QRectF] = {}
        self.biases: dict[Place, QRectF] = {}
        self._place_biases()
        self._place_labels()

    def dim(self, on: bool) -> bool:
        """Whether something stands back that is on the path, or not."""
        return self.step in PATH_STEPS and not on

    def _place_biases(self) -> None:
        self.biases = {}
        for (layer, unit), box in self.placing.units.items():
            if layer >= 0 and self.situation.layers[layer].b is not None:
                line = QRectF(box.left(), box.bottom() + theme.px(3), box.width(), theme.px(20))
                self.biases[Place(layer, unit, None)] = line

    def _place_labels(self) -> None:
        """Find places for the names of weights, the important ones first."""
        s, placing = self.situation, self.placing
        taken = [*placing.units.values(), *self.biases.values(), placing.loss]
        self.labels = {}
        path = self.step in PATH_STEPS
        order = sorted(weights(s), key=lambda w: (w != s.place, not (path and on_path(s, w))))
        for place in order:
            must = place == s.place
            several = len(s.shown[place.layer]) * len(s.shown[place.layer + 1]) > MOST_LABELS
            if several and not (self.is_chip(place) or (path and on_path(s, place))):
                continue
            start, end = self.ends(place)
            box = place_label(start, end, self._label_size(place), taken, must)
            if box is not None:
                self.labels[place] = box
                taken.append(box)

    def ends(self, place: Place) -> tuple[QPointF, QPointF]:
        """Return where the line of a weight begins and ends."""
        assert place.source is not None
        return (
            self.placing.start(place.layer - 1, place.source),
            self.placing.end(place.layer, place.unit),
        )

    def is_chip(self, place: Place) -> bool:
        """Whether a weight is shown with its name and gradient, rather than its value alone."""
        s = self.situation
        near = place.layer <= s.place.layer + 1
        return place == s.place or (self.step in PATH_STEPS and near and on_path(s, place))

    def _label_size(self, place: Place) -> QSizeF:
        if self.is_chip(place):
            return nodes.chip_size(self.chip_rows(place), self.placing.roomy)
        width = width_of(signed(self.value(place), 2), font_of("caption"))
        return QSizeF(width + theme.px(8), theme.px(18))

    def value(self, place: Place) -> float:
        """Return a parameter."""
        layer = self.situation.layers[place.layer]
        array = layer.b if place.source is None else layer.W
        assert array is not None
        return float(array[place.index])

    def gradient(self, place: Place) -> float:
        """Return its gradient."""
        layer = self.situation.layers[place.layer]
        return float((layer.dz if place.source is None else layer.dW)[place.index])

    def updated(self, place: Place) -> float:
        """Return what it becomes."""
        s = self.situation
        return float(s.step.updated[s.layers[place.layer].node][place.name][place.index])

    def name(self, place: Place) -> str:
        """Return its name."""
        s = self.situation
        if place.source is None:
            return s.bias(place.layer, place.unit)
        return s.weight(place.layer, place.unit, place.source)

    def knows_gradient(self, layer: int) -> bool:
        """Whether the steps so far have come back to a layer."""
        return self.step not in ("forward", "loss") and (
            layer == self.situation.last or self.step != "output"
        )

    def words(self, place: Place) -> str:
        """Return what a parameter is, for tooltips and screen readers."""
        words = f"{plain(self.name(place))} = {signed(self.value(place))}"
        if self.knows_gradient(place.layer):
            words += f", ∂L/∂{plain(self.name(place))} = {signed(self.gradient(place))}"
        return words

    def chip_rows(self, place: Place) -> list[tuple[str, str, QColor]]:
        """Return what a chip says: name and value, and the gradient or the new value."""
        ink = theme.current().ink
        rows = [(self.name(place), signed(self.value(place)), ink)]
        if self.step == "update":
            rows.append((tr("new"), signed(self.updated(place)), ink))
        elif self.knows_gradient(place.layer):
            gradient = self.gradient(place)
            rows.append(("∂L/∂w", signed(gradient), nodes.gradient_color(gradient, False)))
        return rows

    def badge_place(self, card: Card) -> QPointF | None:
        """Return where the badge of a card stands: at its number."""
        if card.spot is None:
            return None
        where, layer, unit = card.spot
        box = self.placing.units.get((layer, unit))
        if box is None:
            return None
        if where == "gradient":
            return QPointF(box.right() + theme.px(5), box.bottom() - theme.px(19))
        if where == "bias":
            return QPointF(box.left() - theme.px(16), box.bottom() + theme.px(13))
        return QPointF(box.right() - theme.px(4), box.top() + theme.px(3))

    def place_at(self, point: QPointF) -> Place | None:
        """Return the parameter at a point: a label, a bias, or a line."""
        for boxes in (self.labels, self.biases):
            for place, box in boxes.items():
                if box.contains(point):
                    return place
        s, placing = self.situation, self.placing
        if any(box.contains(point) for box in placing.units.values()):
            return None
        nearest = min(weights(s), key=lambda w: _distance(point, *self.ends(w)), default=None)
        if nearest is None or _distance(point, *self.ends(nearest)) > _REACH:
            return None
        return nearest

    def of_unit(self, point: QPointF) -> Place | None:
        """Return the strongest weight into the unit at a point."""
        s, placing = self.situation, self.placing
        for (layer, unit), box in placing.units.items():
            if layer >= 0 and box.contains(point):
                if s.place.layer == layer and s.place.source is not None:
                    return Place(layer, unit, s.place.source)
                sizes = abs(s.layers[layer].dW[:, unit])
                return Place(layer, unit, max(s.shown[layer], key=lambda i: float(sizes[i])))
        return None


def _distance(point: QPointF, start: QPointF, end: QPointF) -> float:
    """Return how far a point is from a line."""
    along, away = end - start, point - start
    length = QPointF.dotProduct(along, along)
    share = min(max(QPointF.dotProduct(away, along) / length, 0.0), 1.0) if length else 0.0
    off = away - along * share
    return float(QPointF.dotProduct(off, off) ** 0.5)
