"""Pictures of the window in the situations that are shown to others."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from playground.cli import main
from playground.ui import theme
from playground.ui.window import Window


@pytest.fixture
def draw(tmp_path, capsys):
    """Draw a picture of XOR by the command; return it, or the message where there is none."""

    def draw(*options, name="xor-gate-mlp"):
        path = tmp_path / "picture.png"
        status = main(["screenshot", name, "-o", str(path), *options])
        said = capsys.readouterr()
        return said.err if status else QImage(str(path))

    return draw


def share_of(picture, other) -> float:
    """Return the share of pixels, one in nine, that two pictures of one size have alike."""
    assert picture.size() == other.size()
    places = [(x, y) for x in range(0, picture.width(), 3) for y in range(0, picture.height(), 3)]
    return sum(picture.pixel(*at) == other.pixel(*at) for at in places) / len(places)


def test_a_layer_is_selected(draw):
    first, output = draw("--size", "1024x640"), draw("--size", "1024x640", "--select", "output")
    assert first.size().toTuple() == (1024, 640)
    assert 0.5 < share_of(first, output) < 1


def test_a_layer_that_is_not_there_is_refused_with_those_that_are(draw):
    assert "There is no layer called conv2d_1" in draw("--select", "conv2d_1")


def test_the_projector_mode_has_the_size_of_the_picture_and_leaves_no_trace(draw):
    picture = draw("--projector", "--size", "1280x720")
    assert picture.size().toTuple() == (1280, 720)
    assert theme.manager().scale == 1.0
    assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, Window)]


@pytest.mark.parametrize("step", ["forward", "weight"])
def test_the_microscope_looks_at_a_step(draw, step):
    network, picture = draw("--size", "1024x640"), draw("--size", "1024x640", "--microscope", step)
    assert 0.1 < share_of(network, picture) < 0.9


def test_the_microscope_says_where_it_cannot_look(draw):
    assert "chains of dense layers" in draw("--microscope", name="vds-lstm")
