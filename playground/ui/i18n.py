"""Text on screen in English or Korean.

- `tr("Learning rate")`, `tr("{count} points", count=400)`: English source text, translated.
- `tr_n("{n} problem", "{n} problems", n)`: chooses the English form by number.
- `N_("Play")` marks a constant that `tr(CONSTANT)` translates later.
- `tr_engine(text)`: labels and help texts that the engine states; `tr_text(text)`: its `Text`
  sentences; `tr_error(error)`: its errors.
- `set_language("ko")`; `language()` is "en" or "ko"; `languages().changed` comes after a switch.
- A widget inherits `Translated` (before QWidget), writes its texts in `retranslate()` and calls it
  at the end of its own `__init__`; Qt then calls it again at every switch.

The translations are `assets/translations/ko.ts`; `python -m playground.ui.translations` collects
the strings and compiles `ko.qm`.
"""

from functools import cache
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QObject, QTranslator, Signal

from playground.resources import asset
from playground.ui.particles import choose_particles

LANGUAGES = {"en": "EN", "ko": "한국어"}


class Languages(QObject):
    """Holds the language in use."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.language = "en"
        # QTranslator reads from the bytes as long as it is installed; it does not copy them.
        self._bytes = b""
        self._translator = QTranslator(self)
        # The buttons of Qt's own dialogs.
        self._qt_translator = QTranslator(self)

    def set_language(self, language: str) -> None:
        """Switch to "en" or "ko"; every living widget hears of it."""
        if language == self.language:
            return
        self.language = language
        app = QCoreApplication.instance()
        if language == "en":
            app.removeTranslator(self._translator)
            app.removeTranslator(self._qt_translator)
        else:
            self._bytes = asset("translations", f"{language}.qm").read_bytes()
            self._translator.load(self._bytes)
            folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            self._qt_translator.load(f"qtbase_{language}", folder)
            app.installTranslator(self._qt_translator)
            app.installTranslator(self._translator)
        self.changed.emit()


@cache
def languages() -> Languages:
    """Return the one language switch of the program."""
    return Languages()


def set_language(language: str) -> None:
    """Switch to "en" or "ko"."""
    languages().set_language(language)


def language() -> str:
    """Return the language in use, "en" or "ko"."""
    return languages().language


def tr(text: str, /, comment: str = "", **values: Any) -> str:
    """Translate a literal of the program and fill its {placeholders}.

    `comment` tells two equal English words with different meanings apart.
    """
    return _translate("playground", text, comment, values)


def N_(text: str, /) -> str:
    """Mark a literal for translation where it is defined; `tr` translates it where it is shown."""
    return text


def tr_n(one: str, many: str, n: int, /, **values: Any) -> str:
    """Translate `one` or `many` by the number `n`, which both may name as {n}."""
    return _translate("playground", one if n == 1 else many, "", {"n": n, **values})


def tr_engine(text: str, /, **values: Any) -> str:
    """Translate a label, help text or template that the engine states in English."""
    return _translate("engine", text, "", values)


def tr_text(text: Any) -> str:
    """Translate an `engine.text.Text` (template and values, which may be such texts themselves)."""
    values = {
        name: tr_text(value) if hasattr(value, "template") else value
        for name, value in text.values.items()
    }
    return _fill(_translate("engine", text.template, "", {}), values)


def tr_error(error: Exception) -> str:
    """Return the sentence of an engine error; any other exception speaks for itself."""
    return tr_text(error) if hasattr(error, "template") else str(error)


def _translate(context: str, text: str, comment: str, values: dict[str, Any]) -> str:
    translated = QCoreApplication.translate(context, text, comment or None)
    return _fill(translated, values) if values else translated


def _fill(template: str, values: dict[str, Any]) -> str:
    filled = template.format(**values)
    return choose_particles(filled) if language() == "ko" else filled


class Translated:
    """Mixin for widgets, named before the Qt class: `retranslate` runs at every switch."""

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Write every text of this widget anew."""
        raise NotImplementedError
