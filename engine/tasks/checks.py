"""What several tasks refuse in their settings."""

from __future__ import annotations

from collections.abc import Sequence

from engine.errors import FieldError
from engine.tasks.csv_file import short
from engine.text import Text


def check_distinct(owner: str, field: str, names: Sequence[str]) -> None:
    """Raise FieldError where a list names a column twice."""
    for name in names:
        if names.count(name) > 1:
            raise FieldError(
                "{owner}: {field} names {column} twice; name it once.",
                owner=Text(owner),
                field=field,
                column=short(name),
            )


def check_shares(owner: str, training: float, validation: float) -> None:
    """Raise FieldError where the shares of two parts leave less than 0.05 for the test part."""
    if training + validation > 0.951:  # sums of decimals are not exact
        raise FieldError(
            "{owner}: training_share {training} and validation_share {validation} leave "
            "nothing to test; together they may be at most 0.95.",
            owner=Text(owner),
            training=training,
            validation=validation,
        )
