"""An empty canvas offers networks to begin with, and the way to all of them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from engine.graph import Graph, Node
from playground.examples import example, examples, like
from playground.ui import theme
from playground.ui.canvas import edits
from playground.ui.i18n import set_language
from playground.ui.templates import TemplatesDialog


def emptied(name):
    """Return an example without its own layers."""
    experiment = example(name)
    ends = {node.name: node for node in experiment.graph.nodes}
    output = Node("output", ends["output"].layer, ("input",))
    return experiment.but(graph=Graph((ends["input"], output)))


def test_an_empty_canvas_offers_networks_for_its_data(show):
    canvas = show(emptied("digits-softmax").but(graph=emptied("xor").graph))
    assert canvas.offers.isVisible() and canvas.offers.buttons
    assert set(canvas.offers.buttons) <= set(like(canvas.document.experiment.task))


def test_those_on_the_same_data_come_first(show):
    assert next(iter(show(emptied("spiral")).offers.buttons)) == "spiral"


def test_a_network_with_layers_is_offered_nothing(show):
    canvas = show(emptied("xor"))
    edits.insert(canvas.document, "dense", "input")
    assert canvas.offers.isHidden()
    canvas.document.undo_stack.undo()
    assert canvas.offers.isVisible()


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("width", [480, 700, 1100])
def test_offers_stay_within_the_canvas_and_off_the_cards(show, width, scale):
    theme.manager().set_scale(scale)
    canvas = show(emptied("xor"))
    canvas.resize(width, 600)
    QApplication.processEvents()
    offers = canvas.offers
    assert offers.isVisible() and canvas.rect().contains(offers.geometry())
    assert offers.more.isVisible() and offers.rect().contains(offers.more.geometry())
    assert not offers.geometry().intersects(canvas.zoom_control.geometry())
    for item in canvas.network.nodes.values():
        card = canvas.mapFromScene(item.box.translated(item.pos())).boundingRect()
        assert not offers.geometry().intersects(card)


def test_a_low_canvas_keeps_its_room_for_the_network(show):
    canvas = show(emptied("xor"))
    canvas.resize(700, 240)
    QApplication.processEvents()
    assert canvas.offers.isHidden()


def test_offers_speak_the_language_of_the_window(show):
    canvas = show(emptied("xor"))
    set_language("ko")
    QApplication.processEvents()
    titles = [examples()[name].titles["ko"] for name in canvas.offers.buttons]
    assert [button.text() for button in canvas.offers.buttons.values()] == titles


def test_a_click_opens_the_network_as_an_edit(open_window, qtbot):
    window = open_window(emptied("xor"))
    before = window.document.experiment
    name, button = next(iter(window.canvas.offers.buttons.items()))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.document.experiment == example(name)
    window.document.undo_stack.undo()
    assert window.document.experiment == before


def test_the_last_button_leads_to_all_templates(open_window, qtbot):
    window = open_window(emptied("xor"))
    qtbot.mouseClick(window.canvas.offers.more, Qt.MouseButton.LeftButton)
    dialog = window.findChild(TemplatesDialog)
    assert dialog is not None and dialog.isVisible()
    dialog.reject()
