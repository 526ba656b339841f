"""The menu bar: every gesture has a twin here, with its key."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QMenuBar, QWidget

from engine.graph_places import is_placed
from engine.layers import layer
from playground.examples import examples
from playground.ui import theme
from playground.ui.canvas.card_menu import fill_align_menu
from playground.ui.canvas.edits import insert
from playground.ui.explained import explain_parts
from playground.ui.export import export_picture
from playground.ui.i18n import LANGUAGES, N_, Translated, language, tr, tr_engine
from playground.ui.templates import choose_template
from playground.ui.terms import Pointing, open_glossary, what_is_this
from playground.ui.widgets import Button, Label, Segment

if TYPE_CHECKING:
    from playground.ui.window import Window

THEMES = (("light", N_("Light")), ("dark", N_("Dark")), ("system", N_("System")))


class MenuBar(Translated, QMenuBar):
    """All menus of the window; texts follow the language, keys stay."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._texts: list[tuple[QAction | QMenu, str]] = []
        self.actions_by_text: dict[str, QAction] = {}
        self._file_menu()
        self._edit_menu()
        self._view_menu()
        self._network_menu()
        self._train_menu()
        self._help_menu()
        self._name = Label(role="heading")
        self._name.setContentsMargins(12, 0, 10, 0)
        self.setCornerWidget(self._name, Qt.Corner.TopLeftCorner)
        self.corner = _Corner(window)  # a menu bar does not keep the Python side alive
        self.setCornerWidget(self.corner, Qt.Corner.TopRightCorner)
        self.retranslate()

    def _menu(self, text: str, parent: QMenu | None = None) -> QMenu:
        menu = parent.addMenu("") if parent else self.addMenu("")
        self._texts.append((menu, text))
        return menu

    def _add(
        self, menu: QMenu, text: str, run: Callable[[], object], keys: str = "", check: bool = False
    ) -> QAction:
        action = QAction(self._window)
        action.setCheckable(check)
        if keys:
            action.setShortcuts([QKeySequence(key) for key in keys.split(";")])
        action.triggered.connect(lambda _=False: run())
        menu.addAction(action)
        self._window.addAction(action)
        self._texts.append((action, text))
        self.actions_by_text[text] = action
        return action

    def _file_menu(self) -> None:
        window = self._window
        menu = self._menu(N_("File"))
        self._add(menu, N_("New"), window.new_project, "Ctrl+N")
        choose = partial(choose_template, window)
        self._add(menu, N_("New from template…"), choose, "Ctrl+Shift+N")
        self._add(menu, N_("Open…"), window.projects.open, "Ctrl+O")
        self._add(menu, N_("Open data…"), window.data_files.ask)
        self._add(menu, N_("Open VDS csv…"), window.data_files.ask_traffic)
        self._recent = self._menu(N_("Recent"), menu)
        self._recent.aboutToShow.connect(self._fill_recent)
        menu.addSeparator()
        self._add(menu, N_("Save"), window.projects.save, "Ctrl+S")
        self._add(menu, N_("Save as…"), window.projects.save_as, "Ctrl+Shift+S")
        self._add(menu, N_("Export picture…"), partial(export_picture, window), "Ctrl+E")
        menu.addSeparator()
        self._add(menu, N_("Quit"), window.close, "Ctrl+Q")

    def _fill_recent(self) -> None:
        self._recent.clear()
        for path in self._window.projects.recent():
            action = self._recent.addAction(path.name)
            action.setToolTip(str(path))
            action.triggered.connect(partial(self._open_recent, path))
        if self._recent.isEmpty():
            self._recent.addAction(tr("No recent files")).setEnabled(False)

    def _open_recent(self, path: Path, _checked: bool = False) -> None:
        self._window.projects.open_path(path)

    def _edit_menu(self) -> None:
        window = self._window
        menu = self._menu(N_("Edit"))
        self._undo = self._add(menu, N_("Undo"), window.document.undo_stack.undo, "Ctrl+Z")
        self._redo = self._add(menu, N_("Redo"), window.document.undo_stack.redo, "Ctrl+Shift+Z")
        menu.addSeparator()
        does = window.canvas.commands
        self._add(menu, N_("Cut"), does.cut, "Ctrl+X")
        self._add(menu, N_("Copy"), does.copy, "Ctrl+C")
        self._add(menu, N_("Paste"), does.paste, "Ctrl+V")
        self._add(menu, N_("Duplicate"), does.duplicate, "Ctrl+D")
        self._add(menu, N_("Delete"), does.delete)
        self._add(menu, N_("Rename"), does.rename, "F2")
        menu.addSeparator()
        self._add(menu, N_("Select all"), does.select_all)
        self._add(menu, N_("Find a layer…"), does.find, "Ctrl+F")
        window.document.undo_stack.indexChanged.connect(self._show_undo)

    def _show_undo(self) -> None:
        """Say what can be undone and redone; this follows every edit."""
        stack = self._window.document.undo_stack
        for action, text, what, possible in (
            (self._undo, tr("Undo"), stack.undoText(), stack.canUndo()),
            (self._redo, tr("Redo"), stack.redoText(), stack.canRedo()),
        ):
            action.setText(f"{text}: {what}" if what else text)
            action.setEnabled(possible)

    def _view_menu(self) -> None:
        window = self._window
        menu = self._menu(N_("View"))
        inspector = self._add(menu, N_("Inspector"), window.toggle_inspector, "Ctrl+I", check=True)
        inspector.setChecked(True)
        self._views = self._menu(N_("Views"), menu)
        self._views.aboutToShow.connect(self._fill_views)
        menu.addSeparator()
        self._add(menu, N_("Zoom in"), window.canvas.zoom_in, "Ctrl++;Ctrl+=")
        self._add(menu, N_("Zoom out"), window.canvas.zoom_out, "Ctrl+-")
        self._add(menu, N_("Fit network"), window.canvas.fit, "Ctrl+0")
        menu.addSeparator()
        self._add(menu, N_("Projector"), window.projector.toggle, "F11")
        themes = self._menu(N_("Theme"), menu)
        self._themes = QActionGroup(self)
        for name, text in THEMES:
            action = self._add(themes, text, partial(window.set_theme, name), check=True)
            self._themes.addAction(action)
            action.setChecked(theme.manager().choice == name)
        self._add(menu, N_("Switch light and dark"), window.toggle_theme, "Ctrl+Shift+D")
        sizes = self._menu(N_("Text size"), menu)
        for scale in theme.UI_SCALES:
            action = sizes.addAction(f"{round(100 * scale)} %")
            action.triggered.connect(partial(self._set_scale, scale))
        self._add(menu, N_("Larger text"), partial(self._step_scale, 1), "Ctrl+Shift++")
        self._add(menu, N_("Smaller text"), partial(self._step_scale, -1), "Ctrl+Shift+-")
        self._add(menu, N_("한국어 ↔ English"), window.toggle_language, "Ctrl+Shift+H")
        self._add(menu, N_("Reduce motion"), window.toggle_motion, check=True)

    def _fill_views(self) -> None:
        self._views.clear()
        self._window.stage.fill_menu(self._views)

    def _set_scale(self, scale: float, _checked: bool = False) -> None:
        theme.manager().set_scale(scale)

    def _step_scale(self, direction: int) -> None:
        at = min(
            range(len(theme.UI_SCALES)),
            key=lambda i: abs(theme.UI_SCALES[i] - theme.manager().scale),
        )
        theme.manager().set_scale(
            theme.UI_SCALES[min(max(at + direction, 0), len(theme.UI_SCALES) - 1)]
        )

    def _network_menu(self) -> None:
        menu = self._menu(N_("Network"))
        self._presets = self._menu(N_("Examples"), menu)
        self._insert = self._menu(N_("Insert layer"), menu)
        menu.addSeparator()
        does = self._window.canvas.commands
        self._add(menu, N_("Skip wire"), does.wire, "Ctrl+J")
        self._add(menu, N_("Freeze / Unfreeze"), does.freeze, "Ctrl+Shift+L")
        self._add(menu, N_("Bypass / Use again"), does.bypass, "Ctrl+B")
        self._add(menu, N_("Group into a block"), does.group, "Ctrl+G")
        self._add(menu, N_("Ungroup"), does.ungroup, "Ctrl+Shift+G")
        self._align = self._menu(N_("Align"), menu)
        menu.aboutToShow.connect(self._offer_align)
        tidy = self._add(menu, N_("Tidy"), does.tidy, "Ctrl+T")
        document = self._window.document
        tidy.setEnabled(is_placed(document.experiment.graph))
        document.changed.connect(lambda _old, new: tidy.setEnabled(is_placed(new.graph)))

    def _offer_align(self) -> None:
        """Offer what the number of selected cards allows."""
        fill_align_menu(self._align, self._window.canvas)
        self._align.menuAction().setEnabled(self._window.canvas.commands.can_align("left"))

    def _train_menu(self) -> None:
        window = self._window
        menu = self._menu(N_("Train"))
        self._add(menu, N_("Play / Pause"), window.toggle_play, "F5")
        self._add(menu, N_("Step one batch"), partial(window.session.step, "iteration"), "F6")
        self._add(menu, N_("Step one epoch"), partial(window.session.step, "epoch"), "Shift+F6")
        self._add(menu, N_("Reset weights"), window.session.reset, "Ctrl+R")
        menu.addSeparator()
        self._add(menu, N_("Microscope"), window.microscope.open, "Ctrl+M")
        self._add(menu, N_("New seed"), window.new_seed)
        self._devices = self._menu(N_("Compute on"), menu)
        self._devices.aboutToShow.connect(lambda: window.devices.fill(self._devices))
        self._add(menu, N_("Next problem"), window.troubles.show_problem, "F8")

    def _help_menu(self) -> None:
        menu = self._menu(N_("Help"))
        self._add(menu, N_("What's this?"), partial(what_is_this, self._window), "Shift+F1")
        self._add(menu, N_("Glossary"), partial(open_glossary, self._window))
        menu.addSeparator()
        self._add(menu, N_("Keyboard shortcuts"), self._show_shortcuts, "F1")
        self._add(menu, N_("About Neural Playground"), self._show_about)

    def _show_shortcuts(self) -> None:
        from playground.ui.help import ShortcutsDialog

        ShortcutsDialog(self, self._window).open()

    def _show_about(self) -> None:
        from playground.ui.help import AboutDialog

        AboutDialog(self._window).open()

    def retranslate(self) -> None:
        """Write all texts in the present language."""
        self._name.setText(tr("Neural Playground"))
        for item, text in self._texts:
            item.setTitle(tr(text)) if isinstance(item, QMenu) else item.setText(tr(text))
        self._show_undo()
        self._presets.clear()
        for name, example in examples().items():
            action = self._presets.addAction(example.titles[language()])
            action.triggered.connect(partial(self._open_example, name))
        self._insert.clear()
        for kind in layer.values():
            if kind.group:
                action = self._insert.addAction(tr_engine(kind.label))
                action.triggered.connect(partial(self._insert_layer, kind.kind))

    def _open_example(self, name: str, _checked: bool = False) -> None:
        self._window.open_example(name)

    def _insert_layer(self, kind: str, _checked: bool = False) -> None:
        insert(self._window.document, kind)


class _Corner(Translated, QWidget):
    """Theme and language at the right end of the menu bar."""

    def __init__(self, window: Window) -> None:
        super().__init__()
        self._theme = Button(icon="moon", kind="flat")
        self._theme.clicked.connect(window.toggle_theme)
        self._explain = Button(icon="info", kind="flat")
        self._explain.clicked.connect(partial(Pointing, window))
        explain_parts(window)
        self._language = Segment(LANGUAGES.items(), small=True)
        self._language.set_value(language())
        self._language.edited.connect(lambda value, _final: window.set_language(value))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 12, 0)
        row.setSpacing(4)
        row.addWidget(self._explain)
        row.addWidget(self._theme)
        row.addWidget(self._language)
        theme.manager().changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    def event(self, event: QEvent) -> bool:
        """Take the room that larger words need, which a menu bar gives only when asked."""
        done, bar = super().event(event), self.parent()
        cramped = self.width() != self.sizeHint().width()
        if event.type() == QEvent.Type.LayoutRequest and cramped and isinstance(bar, QMenuBar):
            bar.setCornerWidget(self, Qt.Corner.TopRightCorner)
        return done

    def _restyle(self) -> None:
        self._theme.set_icon("sun" if theme.current().is_dark else "moon")

    def retranslate(self) -> None:
        """Name the buttons and show the language in use."""
        self._language.set_value(language())
        self._explain.set_name(tr("What's this?"), "Shift+F1")
        self._theme.set_name(tr("Switch light and dark"), "Ctrl+Shift+D")
        self._language.setAccessibleName(tr("Language"))
