"""Kind names and their classes, a registry for each family (layers, losses, optimizers, …)."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
import reprlib
from collections.abc import Callable, Iterator
from typing import Any, Generic, TypeVar

from engine.errors import UnknownKind

T = TypeVar("T")

families: dict[str, Registry[Any]] = {}


class Registry(Generic[T]):
    """The kinds of one family, in the order in which they were registered.

    An instance is the decorator that registers a class::

        layer = Registry[Layer]("layer")

        @layer("dense", label="Dense")
        @dataclass(frozen=True)
        class Dense(Layer): ...

    Further keywords become attributes of the class (``icon``, ``group``, …).
    """

    def __init__(self, family: str) -> None:
        self.family = family
        self._kinds: dict[str, type[T]] = {}
        families[family] = self

    def __call__(
        self, kind: str, *, label: str, **attributes: Any
    ) -> Callable[[type[Any]], type[Any]]:
        """Register the decorated class as `kind`, shown on screen as `label`."""

        def register(cls: type[Any]) -> type[Any]:
            if kind in self._kinds:
                raise ValueError(f"two classes call themselves the {self.family} {kind!r}")
            for name, value in {"kind": kind, "label": label, **attributes}.items():
                setattr(cls, name, value)
            self._kinds[kind] = cls
            return cls

        return register

    def __getitem__(self, kind: str) -> type[T]:
        """Return the class of `kind`, or raise UnknownKind with the nearest name that exists."""
        try:
            return self._kinds[kind]
        except (KeyError, TypeError):
            near = difflib.get_close_matches(str(kind), self._kinds, n=1)
            raise UnknownKind(
                "There is no {family} called {kind}; try {suggestions}.",
                family=self.family,
                kind=reprlib.repr(kind),
                suggestions=near[0] if near else ", ".join(self._kinds),
            ) from None

    def __contains__(self, kind: object) -> bool:
        return kind in self._kinds

    def __iter__(self) -> Iterator[str]:
        return iter(self._kinds)

    def values(self) -> list[type[T]]:
        """Return the classes by their `order`, those of the same order as they were registered."""
        return sorted(self._kinds.values(), key=lambda cls: getattr(cls, "order", 0))


def import_submodules(package: str, path: list[str]) -> None:
    """Import every module of a package, so that adding a kind is adding a file."""
    for module in sorted(info.name for info in pkgutil.iter_modules(path)):
        importlib.import_module(f"{package}.{module}")
