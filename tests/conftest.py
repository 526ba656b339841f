"""One processor for linear algebra, folders of the user that are not the user's, no thread left."""

import os
import threading

import pytest

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(scope="session", autouse=True)
def folders_of_the_user(tmp_path_factory):
    """Keep cache and settings of this run in folders of its own, shared by all its tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PLAYGROUND_CACHE", raising=False)
        for variable in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
            patch.setenv(variable, str(tmp_path_factory.mktemp(variable.lower())))
        yield


@pytest.fixture(autouse=True)
def no_thread_left():
    """Fail a test that leaves a thread running; the one of tqdm's progress bars lives on."""
    before = set(threading.enumerate())
    yield
    left = [thread for thread in threading.enumerate() if thread not in before]
    left = [thread for thread in left if not type(thread).__module__.startswith("tqdm")]
    for thread in left:
        thread.join(timeout=2)
    names = [thread.name for thread in left if thread.is_alive()]
    assert not names, f"threads left running: {names}"
