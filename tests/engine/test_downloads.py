import hashlib
import socket
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import numpy as np
import pytest

from engine import downloads
from engine.downloads import Cancelled, RemoteFile, cache_folder, fetch, fetch_mnist, mnist_folder
from engine.errors import DataError

CONTENT = np.random.default_rng(1).bytes(200_000)
FILE = RemoteFile("digits.gz", hashlib.sha256(CONTENT).hexdigest(), len(CONTENT))


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        content = self.server.files.get(self.path)
        range_ = self.headers.get("Range")
        self.server.seen.append((self.path, range_))
        if content is None:
            self.send_error(404)
            return
        start = int(range_.removeprefix("bytes=").rstrip("-")) if range_ else 0
        if self.path in self.server.without_ranges:
            start = 0
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(content) - start))
        self.end_headers()
        breaks = self.server.breaks.get(self.path)
        stop = breaks.pop(0) if breaks else len(content)
        try:
            self.wfile.write(content[start:stop])
        except ConnectionError:
            pass  # the other side has cancelled

    def log_message(self, *args):
        pass


@pytest.fixture
def server(monkeypatch):
    """Files on 127.0.0.1; `breaks` lists at which byte the connections for a path break."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        server.address = f"http://127.0.0.1:{server.server_port}"
        server.files = {"/one/digits.gz": CONTENT, "/two/digits.gz": CONTENT}
        server.mirrors = [f"{server.address}/one/", f"{server.address}/two/"]
        server.breaks, server.without_ranges, server.seen = {}, set(), []
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def dead_mirror(monkeypatch):
    """Return an address where nothing listens."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{bound.getsockname()[1]}/"


def test_a_file_is_fetched_once(server, tmp_path):
    folder = tmp_path / "new" / "cache"
    for _ in range(2):
        paths = fetch([FILE], folder, server.mirrors)
        assert [path.read_bytes() for path in paths] == [CONTENT]
    assert server.seen == [("/one/digits.gz", None)]
    assert list(folder.iterdir()) == paths


def test_progress_runs_over_all_files(server, tmp_path):
    server.files["/one/labels.gz"] = CONTENT[:1000]
    labels = RemoteFile("labels.gz", hashlib.sha256(CONTENT[:1000]).hexdigest(), 1000)
    calls = []
    fetch([FILE, labels], tmp_path, server.mirrors, lambda *call: calls.append(call))
    done = [call[0] for call in calls]
    assert done == sorted(done) and len(done) > 4
    assert {call[1] for call in calls} == {201_000}
    assert (200_000, 201_000, "digits.gz") in calls
    assert calls[-1] == (201_000, 201_000, "labels.gz")


def test_a_damaged_file_in_the_cache_is_fetched_anew(server, tmp_path):
    (tmp_path / FILE.name).write_bytes(b"damaged")
    assert fetch([FILE], tmp_path, server.mirrors)[0].read_bytes() == CONTENT


@pytest.mark.parametrize(
    "wrong", [CONTENT[:-1] + b"?", CONTENT + b"more", CONTENT[:100_000], b"", None]
)
def test_a_mirror_without_the_right_file_leaves_it_to_the_next(server, tmp_path, wrong):
    server.files["/one/digits.gz"] = wrong
    paths = fetch([FILE], tmp_path, server.mirrors)
    assert paths[0].read_bytes() == CONTENT
    assert list(tmp_path.iterdir()) == paths


def test_a_mirror_out_of_reach_leaves_it_to_the_next(server, dead_mirror, tmp_path):
    assert fetch([FILE], tmp_path, [dead_mirror, *server.mirrors])[0].read_bytes() == CONTENT


def test_a_broken_connection_is_resumed_where_it_broke(server, tmp_path):
    server.breaks["/one/digits.gz"] = [70_000, 150_000]
    assert fetch([FILE], tmp_path, server.mirrors)[0].read_bytes() == CONTENT
    assert [path for path, _ in server.seen] == ["/one/digits.gz"] * 3
    first, second, third = [range_ for _, range_ in server.seen]
    assert first is None
    assert 0 < int(second[6:-1]) <= 70_000 < int(third[6:-1]) <= 150_000


def test_what_one_mirror_began_another_completes(server, tmp_path):
    server.breaks["/one/digits.gz"] = [100_000, 0]
    assert fetch([FILE], tmp_path, server.mirrors)[0].read_bytes() == CONTENT
    assert server.seen[-1][0] == "/two/digits.gz"
    assert server.seen[-1][1] is not None


def test_a_server_that_knows_no_ranges_sends_all_again(server, tmp_path):
    server.breaks["/one/digits.gz"] = [100_000]
    server.without_ranges.add("/one/digits.gz")
    assert fetch([FILE], tmp_path, server.mirrors)[0].read_bytes() == CONTENT


def test_a_cancelled_download_goes_on_where_it_stopped(server, tmp_path):
    cancel = threading.Event()

    def progress(done, total, name):
        if done >= 100_000:
            cancel.set()

    with pytest.raises(Cancelled, match="goes on where it stopped"):
        fetch([FILE], tmp_path, server.mirrors, progress, cancel.is_set)
    (partial,) = tmp_path.iterdir()
    kept = partial.stat().st_size
    assert 100_000 <= kept < 200_000
    assert partial.read_bytes() == CONTENT[:kept]
    assert fetch([FILE], tmp_path, server.mirrors)[0].read_bytes() == CONTENT
    assert server.seen[-1][1] == f"bytes={kept}-"
    assert not partial.exists()


def test_a_partial_file_that_is_wrong_is_fetched_anew(server, tmp_path):
    for wrong in (b"wrong", bytes(len(CONTENT)), bytes(2 * len(CONTENT))):
        (tmp_path / "digits.gz.part").write_bytes(wrong)
        paths = fetch([FILE], tmp_path, server.mirrors[:1])
        assert paths[0].read_bytes() == CONTENT
        paths[0].unlink()


def test_without_a_network_the_sentence_says_what_to_do(dead_mirror, tmp_path):
    with pytest.raises(DataError) as caught:
        fetch([FILE], tmp_path, [dead_mirror])
    message = str(caught.value)
    assert "digits.gz" in message and "no connection" in message
    assert "built-in digits" in message and "folder" in message


def test_what_the_mirrors_answered_is_told(server, dead_mirror, tmp_path):
    server.files.clear()
    with pytest.raises(DataError, match=r"127.0.0.1:\d+ answered 404"):
        fetch([FILE], tmp_path, [*server.mirrors, dead_mirror])
    server.files["/one/digits.gz"] = bytes(200_000)
    with pytest.raises(DataError, match="another file of that name"):
        fetch([FILE], tmp_path, server.mirrors[:1])
    server.files["/one/digits.gz"] = CONTENT
    server.breaks["/one/digits.gz"] = [100] * 9
    with pytest.raises(DataError, match=r"connection to .* broke"):
        fetch([FILE], tmp_path, server.mirrors[:1])


def test_a_folder_that_cannot_be_made_is_named(server, tmp_path):
    taken = tmp_path / "cache"
    taken.write_text("a file")
    with pytest.raises(DataError, match="cache cannot be written"):
        fetch([FILE], taken, server.mirrors)


def test_mnist_goes_into_the_cache(server, monkeypatch, tmp_path):
    monkeypatch.setenv("PLAYGROUND_CACHE", str(tmp_path))
    monkeypatch.setattr(downloads, "MNIST", (FILE,))
    monkeypatch.setattr(downloads, "MNIST_MIRRORS", server.mirrors)
    assert fetch_mnist() == mnist_folder()
    assert (mnist_folder() / FILE.name).read_bytes() == CONTENT


def test_the_cache_can_be_put_elsewhere(monkeypatch, tmp_path):
    monkeypatch.setenv("PLAYGROUND_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path
    assert mnist_folder().parent == tmp_path
    monkeypatch.delenv("PLAYGROUND_CACHE")
    assert "neural-playground" in str(cache_folder())
