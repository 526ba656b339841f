"""What the columns of a detector's file and their units are called on screen."""

from __future__ import annotations

from playground.ui.i18n import tr


def column_name(column: str) -> str:
    """Return the name of a column in the language of the window; an unknown one as it is."""
    names = {
        "ToVol": tr("Volume"),
        "SmVol": tr("Small vehicles"),
        "MeVol": tr("Medium vehicles"),
        "LaVol": tr("Large vehicles"),
        "Speed": tr("Speed", "of vehicles"),
        "Occ.Rate": tr("Occupancy"),
    }
    return names.get(column, column)


def unit_name(unit: str) -> str:
    """Return a unit in the language of the window; symbols such as km/h are the same in all."""
    return tr("vehicles") if unit == "vehicles" else unit
