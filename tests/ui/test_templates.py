"""New from a template: found by search, chosen by key, opened as a network to edit."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from playground.examples import example, examples
from playground.ui.templates import GROUPS, TemplatesDialog, choose_template, group_of


@pytest.fixture
def dialog(qtbot):
    from PySide6.QtWidgets import QWidget

    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = TemplatesDialog(parent)
    dialog.show()
    return dialog


def test_every_example_is_a_template_in_a_group(dialog):
    assert sorted(dialog.list.names()) == sorted(examples())
    assert {group_of(entry.experiment) for entry in examples().values()} == set(GROUPS)


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("perceptron-and", "perceptron"),
        ("gaussians", "perceptron"),
        ("xor", "mlp"),
        ("lenet-mnist", "images"),
        ("resnet-digits", "images"),
        ("vds-rnn", "sequences"),
        ("vds-bilstm", "sequences"),
        ("vds-conv1d", "sequences"),
        ("seq2seq-attention", "seq2seq"),
        ("seq2seq-transformer", "transformer"),
        ("gpt-char", "transformer"),
        ("bert-mlm", "transformer"),
    ],
)
def test_templates_stand_where_the_course_would_put_them(name, group):
    assert group_of(example(name)) == group


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("lenet", {"lenet-mnist"}),
        ("로지스틱", {"gaussians", "one-to-one-exam"}),
        ("bidirectional lstm", {"vds-bilstm"}),
        ("gru", {"vds-gru", "rnn-char", "seq2seq-reverse"}),
    ],
)
def test_search_finds_names_layers_and_both_languages(dialog, qtbot, typed, found):
    dialog.search.setText(typed)
    assert found <= set(dialog.list.names())
    assert len(dialog.list.names()) < len(examples())


def test_a_search_without_result_says_so(dialog):
    dialog.search.setText("zzz")
    assert dialog.list.isHidden() and not dialog.empty.isHidden()
    assert not dialog.open_button.isEnabled()


def test_arrow_keys_and_enter_choose(dialog, qtbot):
    dialog.search.setText("MLP")
    names = dialog.list.names()
    qtbot.keyClick(dialog.search, Qt.Key.Key_Down)
    with qtbot.waitSignal(dialog.chosen) as chosen:
        qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
    assert chosen.args == [names[1]]


def test_a_template_opens_as_a_network_that_can_be_edited_and_undone(open_window, qtbot):
    window = open_window()
    before = window.document.experiment
    dialog = choose_template(window)
    dialog.search.setText("lenet")
    qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
    assert window.document.experiment == example("lenet-mnist")
    window.document.select("dense_1")
    window.canvas.commands.duplicate()
    assert window.document.experiment != example("lenet-mnist")
    window.document.undo_stack.undo()
    window.document.undo_stack.undo()
    assert window.document.experiment == before
