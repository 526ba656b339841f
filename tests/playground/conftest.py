"""Sessions that end with their test."""

import pytest
from sessions import ENDLESS

from playground.session import Session


@pytest.fixture
def start():
    """Start sessions, and end them when the test is over."""
    sessions = []

    def one(experiment=ENDLESS):
        sessions.append(Session(experiment))
        sessions[-1].wait(lambda snapshot: snapshot.serial > 1 and snapshot.state != "loading")
        return sessions[-1]

    yield one
    for session in sessions:
        session.close()
