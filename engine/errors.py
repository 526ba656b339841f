"""Errors a person can cause, each one sentence that says what is wrong and what to do."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING, Any

from engine.text import Text

if TYPE_CHECKING:
    from engine.layers.base import Fix


class EngineError(Exception):
    """The base of all errors of the engine.

    Parameters
    ----------
    template
        One English sentence with ``{named}`` places. It is a literal where the error is raised,
        so that translators find it.
    values
        What stands in the places.
    """

    def __init__(self, template: str, /, **values: Any) -> None:
        super().__init__(template)
        self.text = Text(template, **values)
        self.node: str | None = None

    @property
    def template(self) -> str:
        """The English sentence with its named places."""
        return self.text.template

    @property
    def values(self) -> dict[str, Any]:
        """What stands in the named places."""
        return self.text.values

    def at(self, node: str, title: Text) -> EngineError:
        """Name the layer in which the error arose; the outermost caller that knows it does."""
        if self.node is None:
            self.node = node
            self.text.values["layer"] = title
        return self

    def __str__(self) -> str:
        return str(self.text)


class FieldError(EngineError):
    """A setting lies outside of what its field allows."""


class UnknownKind(EngineError):
    """A name stands for nothing in its family (layers, losses, optimizers, …)."""


class ShapeError(EngineError):
    """A layer cannot take what its input gives it; `fixes` repair the graph.

    The place ``{layer}`` of the template is filled in by the graph.
    """

    def __init__(self, template: str, /, *fixes: Fix, **values: Any) -> None:
        super().__init__(template, **values)
        self.text.values.setdefault("layer", "This layer")
        self.fixes = fixes


class GraphError(EngineError):
    """An edit that the graph cannot take."""


class FormatError(EngineError):
    """A project file that cannot be read."""


class DataError(EngineError):
    """Data that cannot be used as they are."""


class DivergenceError(EngineError):
    """The loss or the weights left the finite numbers."""


class DeviceError(EngineError):
    """The device that was asked for is not there."""


_REASONS = {
    errno.ENOENT: Text("there is no such file or folder"),
    errno.EISDIR: Text("it is a folder"),
    errno.ENOTDIR: Text("a part of its path is no folder"),
    errno.EACCES: Text("you may not do that there"),
    errno.EPERM: Text("you may not do that there"),
    errno.EROFS: Text("the disk is read-only"),
    errno.ENOSPC: Text("the disk is full"),
}


def system_reason(error: OSError) -> Text:
    """Say why the system refused; in its own words where the reason is a rare one."""
    words = error.strerror or str(error) or type(error).__name__
    return _REASONS.get(error.errno or 0, Text("{reason}", reason=words))
