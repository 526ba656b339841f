import numpy as np
import pytest

from engine.errors import DataError
from engine.tasks.handwriting import (
    DigitImages,
    built_in_digits,
    bundled_scans,
    generate,
    to_mnist_form,
)

HELD_OUT = slice(-360, None)


@pytest.fixture(scope="module")
def written() -> DigitImages:
    return generate(3000, seed=3)


@pytest.fixture(scope="module")
def scanned() -> DigitImages:
    return bundled_scans(600, HELD_OUT, seed=3)


def center_of_mass(images):
    mass = images.sum(axis=(1, 2), dtype=float)
    places = np.arange(28)
    return np.stack([images.sum(axis=axis) @ places / mass for axis in (2, 1)], axis=1)


def sides(images):
    """Return height and width of the box that holds the ink, (samples, 2)."""
    lines = [images.any(axis=axis) for axis in (2, 1)]
    return np.stack([28 - seen[:, ::-1].argmax(1) - seen.argmax(1) for seen in lines], axis=1)


@pytest.mark.parametrize("source", ["written", "scanned"])
def test_images_have_the_form_of_mnist(source, request):
    digits = request.getfixturevalue(source)
    assert digits.images.dtype == digits.labels.dtype == np.uint8
    assert digits.images.shape == (len(digits.labels), 28, 28)
    assert (digits.images.max(axis=(1, 2)) == 255).all()
    assert (sides(digits.images).max(axis=1) == 20).all()
    off_center = np.abs(center_of_mass(digits.images) - 14).max(axis=1)
    assert np.quantile(off_center, 0.99) < 0.55
    assert off_center.max() < 2  # a 7 with a long bar stops at the frame
    assert np.bincount(digits.labels, minlength=10).std() == 0


def test_written_digits_are_inked_like_a_pen_stroke(written):
    share = written.images.mean(axis=(1, 2)) / 255
    assert 0.1 < share.mean() < 0.16
    # Between black and white lie the edges, not the whole stroke.
    assert ((written.images > 40) & (written.images < 215)).mean() < 0.1


def test_a_seed_gives_the_same_digits_and_another_seed_others(written):
    again = generate(500, seed=3)
    assert np.array_equal(again.images, written.images[:500])
    assert np.array_equal(again.labels, written.labels[:500])
    assert not np.array_equal(generate(500, seed=4).images, again.images)


def test_no_two_written_digits_are_equal(written):
    assert len(np.unique(written.images.reshape(3000, -1), axis=0)) == 3000


def test_scans_repeat_for_a_seed(scanned):
    assert np.array_equal(bundled_scans(600, HELD_OUT, seed=3).images, scanned.images)
    assert not np.array_equal(bundled_scans(600, HELD_OUT, seed=4).images, scanned.images)


def test_the_built_in_set_suffices_and_its_parts_share_no_image():
    train, test = built_in_digits()
    assert len(train.labels) >= 12000
    assert len(test.labels) >= 2000
    for part in (train, test):
        counts = np.bincount(part.labels, minlength=10)
        assert counts.min() == counts.max()
    seen = {image.tobytes() for image in train.images}
    assert not any(image.tobytes() in seen for image in test.images)


def test_a_drawn_stroke_is_fitted_and_centered():
    pad = np.zeros((280, 360), dtype=np.uint8)
    pad[40:140, 300:320] = 200
    image = to_mnist_form(pad)
    rows, columns = np.nonzero(image)
    assert image.shape == (28, 28)
    assert image.max() == 255
    assert (np.ptp(rows) + 1, np.ptp(columns) + 1) == (20, 4)
    assert np.abs(center_of_mass(image[None]) - 14).max() <= 0.5


def test_the_place_and_the_size_of_a_drawing_do_not_matter():
    small = np.zeros((100, 100))
    small[10:50, 20:30] = 1
    small[10:20, 20:50] = 1
    large = np.zeros((400, 300))
    large[100:300, 50:200] = np.kron(small[10:50, 20:50], np.ones((5, 5)))
    assert np.array_equal(to_mnist_form(small), to_mnist_form(255 * large))


def test_a_lopsided_drawing_stays_inside_the_frame():
    pad = np.zeros((200, 200))
    pad[20:180, 20:60] = 1
    pad[20, 20:180] = 1
    assert sides(to_mnist_form(pad)[None]).max() == 20


def test_an_empty_drawing_stays_empty():
    assert not to_mnist_form(np.zeros((280, 280))).any()


@pytest.mark.parametrize("pad", [np.zeros(784), np.zeros((0, 5)), np.full((28, 28), np.nan)])
def test_what_is_no_drawing_is_refused(pad):
    with pytest.raises(DataError, match="drawing"):
        to_mnist_form(pad)


def test_written_digits_teach_reading_real_handwriting(written):
    from scipy.ndimage import zoom
    from sklearn.datasets import load_digits
    from sklearn.neighbors import KNeighborsClassifier

    coarse, labels = load_digits(return_X_y=True)
    enlarged = zoom(coarse[HELD_OUT].reshape(-1, 8, 8), (1, 5, 5), order=1)
    real = np.stack([to_mnist_form(scan) for scan in enlarged])
    reader = KNeighborsClassifier(3).fit(written.images.reshape(3000, -1), written.labels)
    assert reader.score(real.reshape(len(real), -1), labels[HELD_OUT]) > 0.6
