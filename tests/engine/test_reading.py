"""Files that are read block by block: watched, stopped, and the same as read at once."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from engine.errors import DataError
from engine.tasks.reading import ReadingStopped, watching
from engine.tasks.table import Table
from engine.tasks.table_columns import BLOCK, Layout, read_table, stamp
from engine.tasks.text_file import BLOCK as BYTES
from engine.tasks.text_file import find_encoding, text_lines

ROWS = 5 * BLOCK + 3


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "long.csv"
    lines = [f"{i},{i / 7:.3f},{'ab'[i % 2]}" for i in range(ROWS)]
    path.write_text("\n".join(["n,x,class", *lines, ""]))
    return path


def table(path, **layout):
    return read_table(str(path), stamp(str(path)), Layout(**layout))


def test_more_rows_than_a_block_are_read_in_their_order(path):
    found = table(path)
    np.testing.assert_array_equal(found.rows, np.arange(ROWS) + 2)
    np.testing.assert_array_equal(found.column("n").values, np.arange(ROWS))
    np.testing.assert_allclose(found.column("x").values, np.arange(ROWS) / 7, atol=5e-4)
    assert found.column("class").categories == ("a", "b")
    np.testing.assert_array_equal(found.column("class").values, np.arange(ROWS) % 2)


def test_another_target_reads_no_column_anew(path):
    task = Table(file=str(path))
    before = {column.name: column for column in task.read().inputs}
    again = task.but(target_column="x").read()
    assert again.inputs[0] is before["n"] and again.target is before["x"]


def test_an_error_in_a_late_block_names_its_row(path):
    with path.open("a") as file:
        file.write("none at all,1e40,a\n")
    with pytest.raises(DataError, match=f"row {ROWS + 2}: x holds '1e40'"):
        table(path).column("x")


def test_whoever_watches_is_told_shares_that_rise_to_the_end(path):
    shares = []
    with watching(lambda share: not shares.append(share)):
        table(path)
    assert len(shares) > 5 and 0 <= shares[0] and shares == sorted(shares)
    assert 0.5 < shares[-1] <= 1


@pytest.mark.parametrize("notes", [0, 2, 8])
def test_a_reading_that_is_stopped_leaves_nothing(path, notes):
    told = []
    task = Table(file=str(path))
    with pytest.raises(ReadingStopped, match=r"long\.csv"):
        with watching(lambda share: told.append(share) or len(told) <= notes):
            task.problem  # noqa: B018
    assert task.problem is None and task.input_columns == ("n", "x")


def test_only_the_thread_that_asked_is_watched(path):
    told, found = [], []
    with watching(lambda share: not told.append(share)):
        thread = threading.Thread(target=lambda: found.append(table(path)))
        thread.start()
        thread.join()
    assert found and not told


def test_the_encoding_is_that_of_the_whole_file(tmp_path):
    path = tmp_path / "late.csv"
    path.write_bytes(b"a,b\n" + b"1,2\n" * (BYTES // 3) + "서울,3\n".encode("cp949"))
    assert find_encoding(path) == "CP949"
    assert list(text_lines(path, "CP949"))[-1] == "서울,3\n"
    path.write_bytes(b"\xef\xbb\xbfa,b\n" + b"1,2\n" * (BYTES // 3) + "서울,3\n".encode())
    assert find_encoding(path) == "UTF-8"
    assert next(iter(text_lines(path, "UTF-8"))) == "a,b\n"
    path.write_bytes(b"a,b\n" + b"1,2\n" * (BYTES // 3) + b"\0")
    assert find_encoding(path) is None


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_as_on_any_system(tmp_path, end):
    path = tmp_path / "lines.csv"
    path.write_bytes(end.join(["", "x;y", "1;2", "3;4", ""]).encode())
    found = table(path)
    assert found.names == ("x", "y") and found.layout.delimiter == "semicolon"
    np.testing.assert_array_equal(found.rows, [3, 4])
