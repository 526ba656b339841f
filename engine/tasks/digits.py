"""Handwritten digits: the set that comes with the program, or the files of MNIST."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from engine.arrays import Shape
from engine.downloads import cache_folder, mnist_folder
from engine.errors import DataError
from engine.fields import param
from engine.idx import read_labelled_images
from engine.streams import stream
from engine.tasks.base import Dataset, HostArray, Part, Target, Task, task
from engine.tasks.handwriting import SIDE, DigitImages, built_in_digits
from engine.text import Text

BUILT_IN_VERSION = 1
"""Counts the changes of `built_in_digits`, so that no older set is read from a cache."""

VALIDATION_SHARE = 0.1
FEWEST = 10


@task("digits", label="Handwritten digits", icon="data")
@dataclass(frozen=True)
class Digits(Task):
    """Pictures of the digits 0 to 9, 28×28 pixels of ink from 0 to 1."""

    data_field = "folder"

    source: str = param(
        "built-in",
        choices=("built-in", "mnist"),
        label="Source",
        help="The digits that come with the program, or the files of MNIST",
    )
    folder: str = param(
        "",
        label="Folder",
        help="Where the four files of MNIST lie; empty for those that were downloaded",
    )
    training_count: int = param(
        0,
        low=0,
        high=60_000,
        step=1000,
        label="Training images",
        help="How many images the network learns from; 0 takes all but the tenth that validates",
    )

    @property
    def input_shape(self) -> Shape:
        """One channel, height and width."""
        return (1, SIDE, SIDE)

    @property
    def target(self) -> Target:
        """The ten digits."""
        return Target(tuple("0123456789"))

    @property
    def needs_download(self) -> bool:
        """Whether `engine.downloads.fetch_mnist` has to be called before the data can be read."""
        return self.source == "mnist" and not self.folder and _missing(mnist_folder()) != []

    def with_data(self, path: str | Path) -> Digits:
        """Return the task reading the files of MNIST in the folder `path`."""
        return replace(self, source="mnist", folder=str(path))

    def load(self, seed: int) -> Dataset:
        """Read or make the images; a seeded tenth of the training images validates."""
        if self.source == "mnist":
            training, test = read_mnist(Path(self.folder) if self.folder else mnist_folder())
        else:
            training, test = built_in()
        order = stream(seed, "split").permutation(len(training.labels))
        held_out = round(VALIDATION_SHARE * len(order))
        left = len(order) - held_out
        count = min(self.training_count, left) or left
        notices = (
            (Text("There are only {count} images to learn from; all are used.", count=left),)
            if self.training_count > left
            else ()
        )
        return Dataset(
            self.target,
            _part(training, order[held_out : held_out + count]),
            _part(training, order[:held_out]),
            _part(test, slice(None)),
            notices=notices,
        )


def _part(digits: DigitImages, rows: HostArray | slice) -> Part:
    images = digits.images[rows][:, None]
    inputs = np.divide(images, 255, dtype=np.float32)
    return Part(inputs, digits.labels[rows].astype(np.int64))


def _names(part: str, content: str) -> tuple[str, ...]:
    """Return the names under which a file of MNIST is passed on, the most usual one first."""
    dimensions = {"images": 3, "labels": 1}[content]
    return tuple(
        f"{part}-{content}{mark}idx{dimensions}-ubyte{ending}"
        for ending in (".gz", "")
        for mark in "-."
    )


FILES = tuple(
    _names(part, content) for part in ("train", "t10k") for content in ("images", "labels")
)


def _find(folder: Path, names: tuple[str, ...]) -> Path | None:
    return next((folder / name for name in names if (folder / name).is_file()), None)


def _missing(folder: Path) -> list[str]:
    """Return the usual names of those files of MNIST that are not in a folder."""
    return [names[0] for names in FILES if _find(folder, names) is None]


def read_mnist(folder: Path) -> tuple[DigitImages, DigitImages]:
    """Read the four files of MNIST, plain or packed with gzip.

    Parameters
    ----------
    folder
        Where they lie, as ``train-images-idx3-ubyte.gz`` or under another usual name.

    Returns
    -------
    tuple[DigitImages, DigitImages]
        The images for training (``train``) and for testing (``t10k``).

    Raises
    ------
    DataError
        Where files are missing, damaged, or no digits of 28×28 pixels with their labels.
    """
    missing = _missing(folder)
    if len(missing) == len(FILES):
        raise DataError(
            "There are no MNIST files in {folder}; choose the folder that holds {files}, download "
            "them, or use the built-in digits.",
            folder=folder,
            files=", ".join(missing),
        )
    if missing:
        raise DataError(
            "{folder} lacks {files}; put what is missing beside the other MNIST files.",
            folder=folder,
            files=", ".join(missing),
        )
    paths = [path for names in FILES if (path := _find(folder, names)) is not None]
    training = DigitImages(*read_labelled_images(*paths[:2]))
    if len(training.labels) < FEWEST:
        raise DataError(
            "{file} holds {count} images; training and validation need at least {fewest}.",
            file=paths[0].name,
            count=len(training.labels),
            fewest=FEWEST,
        )
    return training, DigitImages(*read_labelled_images(*paths[2:]))


def built_in(
    make: Callable[[], tuple[DigitImages, DigitImages]] = built_in_digits,
) -> tuple[DigitImages, DigitImages]:
    """Return the digits that come with the program, for training and for testing.

    They are made once and kept in the user's cache; where that cannot be read or written, they
    are made anew.
    """
    path = cache_folder() / f"digits-{BUILT_IN_VERSION}.npz"
    kept = _read(path)
    if kept is None:
        kept = make()
        _keep(path, *kept)
    return kept


def _read(path: Path) -> tuple[DigitImages, DigitImages] | None:
    """Return what `_keep` wrote, or None where there is nothing of use."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            parts = (
                DigitImages(arrays["training_images"], arrays["training_labels"]),
                DigitImages(arrays["test_images"], arrays["test_labels"]),
            )
    except Exception:  # a damaged archive raises nearly anything, and its content is not needed
        return None
    return parts if all(map(_is_sound, parts)) else None


def _is_sound(digits: DigitImages) -> bool:
    images, labels = digits.images, digits.labels
    return (
        images.dtype == labels.dtype == np.uint8
        and len(images) > 0
        and images.shape == (*labels.shape, SIDE, SIDE)
        and labels.max() <= 9
    )


def _keep(path: Path, training: DigitImages, test: DigitImages) -> None:
    """Write the digits whole or not at all, so that another program never reads half a file."""
    beside = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            beside = Path(file.name)
            np.savez_compressed(
                file,
                training_images=training.images,
                training_labels=training.labels,
                test_images=test.images,
                test_labels=test.labels,
            )
        os.replace(beside, path)
    except OSError:
        # Nothing is lost but the seconds it takes to make them again.
        if beside is not None:
            beside.unlink(missing_ok=True)
