"""Files as people send them: each is read, or refused in one sentence that names the place."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import DataError
from engine.tasks.table import Table, _content
from engine.tasks.table_columns import read_table
from engine.tasks.table_content import MISSING
from engine.tasks.traffic import Traffic

HEADER = "Date,ToVol,SmVol,MeVol,LaVol,Speed,Occ.Rate"
ROWS = [
    f"2017-04-02 {i // 12}:{5 * (i % 12):02d},{i},{i},0,0,{100 + i},{i / 10}" for i in range(60)
]
CELLS = ("a", "b", "x y", "1", "2.5", "-3", "1e30", "1e999", "nan", "", '"', '"c,d"', "1_0", ";")
NOISE = random.Random(1)
JUNK = bytes(NOISE.randrange(1, 256) for _ in range(5000))


def text(lines=ROWS, header=HEADER, encoding="utf-8", end="\n"):
    return (end.join([header, *lines]) + end).encode(encoding)


def with_speed(cell):
    """The file with another cell in row 12, column Speed."""
    cells = ROWS[10].split(",")
    cells[5] = cell
    return text([*ROWS[:10], ",".join(cells), *ROWS[11:]])


def swapped(delimiter, mark="."):
    lines = [line.replace(",", delimiter).replace(".", mark) for line in ROWS]
    return text(lines, HEADER.replace(",", delimiter))


@pytest.fixture(params=["vds", "table"])
def load(request, tmp_path):
    """Load the bytes of a file, both as a detector's and as any table."""

    def load(content):
        path = tmp_path / "road.csv"
        path.write_bytes(content)
        if request.param == "vds":
            return Traffic(file=str(path), window=3, target_column="Speed").load(0)
        columns = {"target_column": "Speed", "inputs": ("ToVol", "Speed", "Occ.Rate")[::2]}
        return Table(file=str(path), split="in order", **columns).load(0)

    return load


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + text(),
        text(end="\r\n"),
        text(end="\r"),
        text(header=f"{HEADER},메모", encoding="cp949"),
        swapped(";"),
        swapped("\t"),
        swapped(";", ","),
        swapped("\t", ","),
        text(['"' + line.replace(",", '","') + '"' for line in ROWS]),
        text([line + ',"a, b"' for line in ROWS], HEADER + ',"note, text"'),
        text([line.replace(",", " , ") for line in ROWS]),
        text([line + ",,," for line in ROWS]),
        text([*ROWS[:10], ",,,,,,", "", *ROWS[10:]]),
        text(header="\n\n" + HEADER),
    ],
    ids=[
        "bom", "crlf", "cr", "cp949", "semicolons", "tabs", "decimal comma",
        "decimal comma and tabs", "quoted", "quoted commas", "blanks", "trailing delimiters",
        "blank rows", "blank rows first",
    ],
)  # fmt: skip
def test_all_these_are_the_same_rows(load, content):
    plain, data = load(text()), load(content)
    for part in ("training", "validation", "test"):
        np.testing.assert_array_equal(data.part(part).inputs, plain.part(part).inputs)
        np.testing.assert_array_equal(data.part(part).targets, plain.part(part).targets)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("nan", "row 12: Speed has no value"),
        ("", "row 12: Speed has no value"),
        ("N/A", "row 12: Speed has no value"),
        ("+nan", "row 12: Speed holds '+nan', which is not finite"),
        ("inf", "row 12: Speed holds 'inf', which is not finite"),
        ("-Infinity", "row 12: Speed holds '-Infinity', which is not finite"),
        ("1e999", "row 12: Speed holds '1e999', which is not finite"),
        ("1e300", "row 12: Speed holds '1e300', which is too large"),
        ("fast", "row 12: Speed holds 'fast' where a number belongs"),
        ("5 %", "row 12: Speed holds '5 %' where a number belongs"),
        ('"1,234"', "row 12: Speed holds '1,234' where a number belongs"),
        ("1_0", "row 12: Speed holds '1_0' where a number belongs"),
        ("0x1F", "row 12: Speed holds '0x1F' where a number belongs"),
        ("1\t2", "row 12: Speed holds '1 2' where a number belongs"),
        ('"12', "row 12: Speed holds '12,1.0 2017-04-02"),
        ("12,13", "row 12 has 8 cells where the header has 7"),
        ("x" * 200_000, "row 12 is no line of a CSV file"),
        ("y" * 1000, "row 12: Speed holds 'yyyyyyyyyyyy"),
    ],
)
def test_a_bad_cell_is_refused_with_its_place(load, cell, reason):
    with pytest.raises(DataError) as caught:
        load(with_speed(cell))
    message = str(caught.value)
    assert message.startswith(f"road.csv, {reason}")
    assert "\n" not in message and len(message) < 300


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (text([]), "0 rows|no rows"),
        (HEADER.encode(), "0 rows|no rows"),
        (text(["1,2"] * 9, "Date,ToVol"), "no column .*Speed"),
        (text(header=HEADER.replace("SmVol", "Speed")), "two columns"),
        (text(header=ROWS[0]), "no column|begins with numbers"),
        (text([line.replace(",", "|") for line in ROWS], HEADER.replace(",", "|")), "column"),
        (text(header='"' + HEADER), "column"),
        (text(encoding="utf-16"), "no text in UTF-8 or CP949"),
        (text(header=f"{HEADER},Stra\xdfe", encoding="latin-1"), "no text in UTF-8 or CP949"),
        (with_speed("a\0b"), "no text in UTF-8 or CP949"),
        (text().replace(b"100", b"\xed\xa0\x80"), "no text in UTF-8 or CP949"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "no text in UTF-8 or CP949"),
        (JUNK, "no text in UTF-8 or CP949"),
        (text(ROWS[:2]), "2 rows"),
    ],
    ids=range(17),
)
def test_a_file_that_is_no_table_is_refused_in_one_sentence(load, content, reason):
    with pytest.raises(DataError, match=rf"road\.csv.*({reason})") as caught:
        load(content)
    assert "\n" not in str(caught.value) and len(str(caught.value)) < 400


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (ROWS[:20] + ROWS[30:] + ROWS[20:30], r"row 52: the time .* lies before that of row 51"),
        (ROWS[:20] + ROWS[19:], r"row 22: the time .* stands in row 21 already"),
    ],
)
def test_times_out_of_order_are_refused(tmp_path, lines, reason):
    path = tmp_path / "road.csv"
    path.write_bytes(text(lines))
    with pytest.raises(DataError, match=reason):
        Traffic(file=str(path), window=3).load(0)


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.text(max_size=200).map(lambda content: content.encode("utf-8", "surrogatepass")),
        st.lists(
            st.lists(st.sampled_from(CELLS), min_size=1, max_size=4).map(",".join), max_size=12
        ).map(lambda lines: "\n".join(lines).encode()),
    )
)
def test_whatever_stands_in_a_file_it_is_data_or_a_sentence(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(content)
    read_table.cache_clear()  # a file may change twice within a tick of the clock
    _content.cache_clear()
    for missing in MISSING:
        task = Table(file=str(path), missing=missing)
        assert task.problem is None or str(task.problem)
        try:
            data = task.load(0)
        except DataError as error:
            assert "\n" not in str(error)
            continue
        assert data.training.inputs.shape[1:] == task.input_shape
        for part in (data.training, data.validation, data.test):
            assert np.isfinite(part.inputs).all() and np.isfinite(part.targets).all()
