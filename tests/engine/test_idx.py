import gzip
import struct

import numpy as np
import pytest

from engine.errors import DataError
from engine.idx import read_idx, read_labelled_images

CODES = {"u1": 0x08, "i1": 0x09, "i2": 0x0B, "i4": 0x0C, "f4": 0x0D, "f8": 0x0E}


def head(code, *shape):
    return bytes([0, 0, code, len(shape)]) + struct.pack(f">{len(shape)}I", *shape)


def idx(values):
    values = np.asarray(values)
    big = values.astype(values.dtype.newbyteorder(">"))
    return head(CODES[values.dtype.str[1:]], *values.shape) + big.tobytes()


def digits(count=4, size=28):
    return np.arange(count * size * size, dtype=np.uint8).reshape(count, size, size)


@pytest.fixture
def write(tmp_path):
    def write(content, name="file-idx"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


def refusal(path):
    with pytest.raises(DataError) as caught:
        read_idx(path)
    message = str(caught.value)
    assert path.name in message and message.endswith(".")
    return message


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_every_type_comes_back_in_its_shape(write, code, pack):
    values = np.array([[0, 1, 2], [100, 7, 3]], code)
    read = read_idx(write(pack(idx(values))))
    assert read.dtype == values.dtype
    assert np.array_equal(read, values)


def test_what_is_packed_is_seen_from_the_content_not_the_name(write):
    assert np.array_equal(read_idx(write(idx(digits()), "images.gz")), digits())
    assert np.array_equal(read_idx(write(gzip.compress(idx(digits())), "images")), digits())


@pytest.mark.parametrize("shape", [(0,), (0, 28, 28), (2**32 - 1, 0, 2**32 - 1)])
def test_a_file_without_values_is_damaged(write, shape):
    assert "size of zero" in refusal(write(head(0x08, *shape)))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0\0\x08",
        b"\x89PNG\r\n\x1a\n" + bytes(64),
        b"label,pixel\n1,0\n",
        head(0x0A, 1),
        head(0x08),
        head(0x08, *[1] * 255) + b"\1",
        gzip.compress(b"a text, packed"),
    ],
)
def test_another_kind_of_file_is_not_an_idx_file(write, content):
    assert "is not an IDX file" in refusal(write(content))


@pytest.mark.parametrize("length", [6, 15, 16, 500, 16 + 4 * 784 - 1])
def test_a_file_cut_short_is_damaged(write, length):
    assert "is damaged" in refusal(write(idx(digits())[:length]))
    assert "too early" in refusal(write(gzip.compress(idx(digits())[:length])))


def test_a_packed_file_cut_short_is_damaged(write):
    packed = gzip.compress(idx(digits()))
    for length in (5, 12, len(packed) // 2, len(packed) - 1):
        assert "is damaged" in refusal(write(packed[:length]))


def test_a_packed_file_with_a_changed_byte_is_damaged(write):
    packed = bytearray(gzip.compress(idx(digits())))
    for place in (len(packed) // 2, len(packed) - 6):
        wrong = packed.copy()
        wrong[place] ^= 0x55
        assert "is damaged" in refusal(write(wrong))


def test_a_file_longer_than_it_states_is_damaged(write):
    assert "more than" in refusal(write(idx(digits()) + b"\0"))
    bomb = gzip.compress(idx(digits()) + bytes(10_000_000))
    assert "more than" in refusal(write(bomb))


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
@pytest.mark.parametrize("shape", [(2**32 - 1,) * 3, (2**32 - 1,) * 32, (60_000, 28, 28)])
def test_a_size_the_file_cannot_hold_is_refused_before_memory_is_taken(write, shape, pack):
    assert "too many" in refusal(write(pack(head(0x0E, *shape) + bytes(8))))


def test_a_packed_file_of_endless_zeros_is_refused_by_the_size_it_states(write):
    zeros = gzip.compress(bytes(1_000_000))
    members = gzip.compress(head(0x08, 1000, 1000, 1000)) + 1000 * zeros
    assert "is damaged" in refusal(write(members))


def test_a_file_that_is_missing_or_a_folder_is_named(tmp_path):
    assert "cannot be read" in refusal(tmp_path / "missing")
    assert "cannot be read" in refusal(tmp_path)


def test_images_and_labels_are_read_together(write):
    images, labels = read_labelled_images(
        write(idx(digits()), "images"), write(idx(np.array([0, 9, 4, 4], "u1")), "labels")
    )
    assert np.array_equal(images, digits())
    assert labels.tolist() == [0, 9, 4, 4]


@pytest.mark.parametrize(
    ("images", "labels", "sentence"),
    [
        (digits(), np.array([1, 2, 3], "u1"), "images holds 4 images and labels 3 labels"),
        (digits(), np.array([1, 2, 10, 3], "u1"), "label 10 at place 3; labels go from 0 to 9"),
        (digits(), digits(), "labels holds 4×28×28"),
        (digits(), np.array([1, 2, 3, 4], "i4"), "it needs labels, one byte each"),
        (np.zeros(4, "u1"), np.zeros(4, "u1"), "images holds 4 values"),
        (digits(size=8), np.zeros(4, "u1"), "images of 28×28"),
        (digits().astype("f4"), np.zeros(4, "u1"), "float32"),
    ],
)
def test_files_that_are_no_labelled_digits_are_refused(write, images, labels, sentence):
    with pytest.raises(DataError, match=sentence):
        read_labelled_images(write(idx(images), "images"), write(idx(labels), "labels"))
