"""The table of a run: it grows, it is thinned, and what was shown stays."""

import numpy as np
import pytest

from engine.history import History


def test_thinning_keeps_regular_steps():
    table = History(("epoch", "loss"), limit=100)
    seen = []
    for epoch in range(1, 1001):
        if epoch % table.every == 0:
            table.append((epoch, 1 / epoch))
        seen.append(table.table())
    epochs = table.table()["epoch"]
    assert table.every == 16
    np.testing.assert_array_equal(epochs, np.arange(16, 1001, 16))
    assert all(len(shown) <= 100 for shown in seen)
    for epoch, shown in enumerate(seen, 1):
        assert shown["epoch"][-1] <= epoch, "rows that were shown are not written again"
        np.testing.assert_array_equal(shown["loss"], 1 / shown["epoch"])


@pytest.mark.parametrize("rows", [0, 1, 63, 199])
def test_rows_from_a_file_grow_on(rows):
    table = History(("epoch",), limit=100)
    table.load(np.arange(rows, dtype=float)[:, None], 1)
    table.append((rows,))
    assert table.table()["epoch"][-1] == rows
    assert len(table.table()) <= 100


def test_an_empty_table():
    table = History(("epoch", "loss")).table()
    assert table.last() == {} and "loss" in table and "accuracy" not in table
