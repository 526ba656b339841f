import gzip
import json
import struct
from pathlib import Path

import numpy as np
import pytest

from engine.errors import DataError, FieldError
from engine.fields import from_json, to_json
from engine.tasks import task
from engine.tasks.digits import Digits, built_in, read_mnist
from engine.tasks.handwriting import DigitImages, generate

DATA = Path(__file__).parents[3] / "shared" / "data" / "mnist"
NAMES = (
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
)


def idx(values):
    head = bytes([0, 0, 8, values.ndim]) + struct.pack(f">{values.ndim}I", *values.shape)
    return head + values.tobytes()


def small_set():
    return generate(200, seed=1), generate(50, seed=2)


def never():
    raise AssertionError("the digits are made although the cache holds them")


@pytest.fixture(autouse=True)
def cache(monkeypatch, tmp_path):
    """Put the cache into a folder that does not exist yet."""
    monkeypatch.setenv("PLAYGROUND_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def folder(tmp_path):
    """Write 200 and 50 images as the four files of MNIST, packed."""
    folder = tmp_path / "files"
    folder.mkdir()
    arrays = [array for part in small_set() for array in (part.images, part.labels)]
    for name, array in zip(NAMES, arrays, strict=True):
        (folder / f"{name}.gz").write_bytes(gzip.compress(idx(array)))
    return folder


def rows(part):
    return {image.tobytes() for image in part.inputs}


def test_the_files_become_three_parts(folder):
    data = Digits().with_data(folder).load(seed=7)
    assert [len(data.part(name)) for name in ("training", "validation", "test")] == [180, 20, 50]
    for part in (data.training, data.validation, data.test):
        assert part.inputs.dtype == np.float32 and part.targets.dtype == np.int64
        assert part.inputs.shape[1:] == Digits().input_shape == (1, 28, 28)
        assert part.inputs.min() == 0 and part.inputs.max() == 1
    assert data.target.labels == tuple("0123456789") and data.target.sizes == (10,)
    assert not rows(data.training) & rows(data.validation)
    test = small_set()[1]
    assert np.array_equal(data.test.inputs[:, 0] * 255, test.images)
    assert np.array_equal(data.test.targets, test.labels)


def test_images_keep_their_labels_through_the_split(folder):
    written = small_set()[0]
    label = {image.tobytes(): written.labels[row] for row, image in enumerate(written.images)}
    data = Digits().with_data(folder).load(seed=7)
    for part in (data.training, data.validation):
        images = np.rint(part.inputs[:, 0] * 255).astype(np.uint8)
        assert [label[image.tobytes()] for image in images] == part.targets.tolist()


def test_the_seed_decides_the_split_and_leaves_the_test_alone(folder):
    digits = Digits().with_data(folder)
    first, again, other = digits.load(7), digits.load(7), digits.load(8)
    assert np.array_equal(first.training.inputs, again.training.inputs)
    assert rows(first.validation) != rows(other.validation)
    assert np.array_equal(first.test.inputs, other.test.inputs)


def test_fewer_training_images_are_a_beginning_and_validate_on_the_same(folder):
    digits = Digits().with_data(folder)
    whole, few = digits.load(7), digits.but(training_count=30).load(7)
    assert np.array_equal(few.training.inputs, whole.training.inputs[:30])
    assert np.array_equal(few.validation.inputs, whole.validation.inputs)
    assert not few.notices


def test_asking_for_more_images_than_there_are_is_noticed(folder):
    data = Digits(training_count=500).with_data(folder).load(7)
    assert len(data.training) == 180
    assert "180" in str(data.notices[0])


@pytest.mark.parametrize("pattern", ["{}.gz", "{}"])
@pytest.mark.parametrize("mark", ["-", "."])
def test_the_usual_names_are_found(tmp_path, pattern, mark):
    arrays = [array for part in small_set() for array in (part.images, part.labels)]
    for name, array in zip(NAMES, arrays, strict=True):
        (tmp_path / pattern.format(name.replace("-idx", f"{mark}idx"))).write_bytes(idx(array))
    training, test = read_mnist(tmp_path)
    assert np.array_equal(training.images, arrays[0])
    assert np.array_equal(test.labels, arrays[3])


def test_missing_files_are_named(folder, tmp_path):
    (folder / f"{NAMES[3]}.gz").unlink()
    with pytest.raises(DataError, match=r"lacks t10k-labels-idx1-ubyte.gz;"):
        Digits().with_data(folder).load(7)
    with pytest.raises(DataError, match=r"no MNIST files in .*nowhere.*built-in"):
        Digits().with_data(tmp_path / "nowhere").load(7)


def test_a_damaged_file_is_named(folder):
    path = folder / f"{NAMES[0]}.gz"
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(DataError, match=r"train-images-idx3-ubyte.gz is damaged"):
        Digits().with_data(folder).load(7)


def test_labels_of_the_other_part_are_refused(folder):
    (folder / f"{NAMES[1]}.gz").write_bytes((folder / f"{NAMES[3]}.gz").read_bytes())
    with pytest.raises(DataError, match=r"200 images and .* 50 labels"):
        Digits().with_data(folder).load(7)


def test_too_few_images_to_split_are_refused(folder):
    few = generate(9)
    (folder / f"{NAMES[0]}.gz").write_bytes(idx(few.images))
    (folder / f"{NAMES[1]}.gz").write_bytes(idx(few.labels))
    with pytest.raises(DataError, match=r"holds 9 images; .* at least 10"):
        Digits().with_data(folder).load(7)


def test_mnist_without_a_folder_comes_from_the_cache(folder, cache):
    digits = Digits("mnist")
    assert digits.needs_download
    with pytest.raises(DataError, match=r"no MNIST files in .*cache"):
        digits.load(7)
    cache.mkdir()
    folder.rename(cache / "mnist")
    assert not digits.needs_download
    assert len(digits.load(7).test) == 50


def test_only_mnist_from_the_cache_needs_a_download(folder):
    assert not Digits().needs_download
    assert not Digits().with_data(folder).needs_download


def test_built_in_digits_are_made_once(cache):
    made = built_in(small_set)
    kept = built_in(never)
    for one, other in zip(made, kept, strict=True):
        assert np.array_equal(one.images, other.images)
        assert np.array_equal(one.labels, other.labels)
    assert len(list(cache.iterdir())) == 1


def damage(path, how):
    content = path.read_bytes()
    wrong = DigitImages(np.zeros((2, 28, 28), np.uint8), np.array([1, 10], np.uint8))
    if how == "cut":
        path.write_bytes(content[: len(content) // 2])
    elif how == "changed":
        path.write_bytes(content[:3000] + b"damaged" + content[3007:])
    elif how == "empty":
        path.write_bytes(b"")
    elif how == "text":
        path.write_text("damaged")
    elif how == "one array":
        with path.open("wb") as file:
            np.save(file, wrong.images)
    elif how == "other arrays":
        np.savez(path, training_images=wrong.images)
    elif how == "objects":
        np.savez(path, training_images=np.array([{}], object))
    elif how == "wrong labels":
        parts = dict.fromkeys(("training_images", "test_images"), wrong.images)
        np.savez(path, **parts, training_labels=wrong.labels, test_labels=wrong.labels)


@pytest.mark.parametrize(
    "how",
    ["cut", "changed", "empty", "text", "one array", "other arrays", "objects", "wrong labels"],
)
def test_a_damaged_cache_is_made_anew(cache, how):
    made = built_in(small_set)
    (path,) = cache.iterdir()
    damage(path, how)
    assert np.array_equal(built_in(small_set)[0].images, made[0].images)
    assert np.array_equal(built_in(never)[0].images, made[0].images)


def test_without_a_cache_the_digits_are_made_each_time(cache):
    cache.write_text("a file where the folder should be")
    for _ in range(2):
        assert len(built_in(small_set)[0].labels) == 200


def test_the_built_in_digits_train_and_test():
    data = Digits(training_count=1000).load(7)
    assert len(data.training) == 1000
    assert len(data.validation) >= 1000 and len(data.test) >= 2000
    assert set(data.test.targets) == set(range(10))


def test_the_task_is_registered_and_survives_a_file():
    digits = Digits("mnist", "somewhere", 1000)
    assert task["digits"] is Digits
    assert from_json(json.loads(json.dumps(to_json(digits))), "task") == digits
    with pytest.raises(FieldError, match="source must be one of built-in, mnist"):
        Digits("cifar")


@pytest.mark.skipif(not DATA.is_dir(), reason="no real digits beside the project")
def test_real_digits_are_read():
    data = Digits().with_data(DATA).load(7)
    assert len(data.training) + len(data.validation) == 50_000
    assert np.bincount(data.test.targets).min() > 800
    ink = data.test.inputs.mean(axis=(0, 1))
    assert ink[10:18, 10:18].mean() > 0.3 and ink[:2].max() < 0.01
