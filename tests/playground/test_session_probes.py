"""What views ask while a network trains, and that what they got never changes."""

from dataclasses import fields, is_dataclass
from hashlib import sha256

import numpy as np
from sessions import ENDLESS, TRAFFIC, settled

from engine.graph import Graph, insert_after
from engine.layers.dense import Dense
from engine.layers.dropout import Dropout
from engine.layers.flatten import Flatten
from engine.probes import (
    DRAFT,
    Confusion,
    Gradients,
    Parameters,
    Plane,
    Predictions,
    Sample,
)


class TestProbes:
    PROBES = frozenset(
        [
            Plane((-1, 1, -2, 2), 12),
            Parameters(),
            Gradients(),
            Sample("validation", 3),
            Predictions("test"),
            Confusion("validation"),
        ]
    )

    def answered(self, snapshot):
        return snapshot.answers.keys() == self.PROBES

    def test_answers_come_while_nothing_trains(self, start):
        session = start()
        session.want(self.PROBES)
        answers = session.wait(self.answered).answers
        plane = answers[Plane((-1, 1, -2, 2), 12)]
        assert {name: values.shape for name, values in plane.items()} == {
            "input": (2, 12, 12),
            "dense_1": (5, 12, 12),
            "output": (2, 12, 12),
        }
        np.testing.assert_allclose(plane["input"][0][0], np.linspace(-1, 1, 12), rtol=1e-6)
        np.testing.assert_allclose(plane["input"][1][:, 0], np.linspace(-2, 2, 12), rtol=1e-6)
        np.testing.assert_allclose(plane["output"].sum(axis=0), 1, rtol=1e-6)
        assert answers[Parameters()]["dense_1"]["W"].shape == (2, 5)
        assert answers[Gradients()]["dense_1"]["W"].shape == (2, 5)
        assert answers[Sample("validation", 3)]["output"].shape == (2,)
        assert answers[Predictions("test")].shape == (80, 2)
        assert answers[Confusion("validation")].sum() == 80

    def test_a_plane_is_coarse_while_training_and_fine_when_paused(self, start):
        session, plane = start(ENDLESS), Plane((-1, 1, -1, 1), 100)

        def shape(snapshot):
            return snapshot.answers[plane]["output"].shape if plane in snapshot.answers else None

        session.want(frozenset([plane]))
        session.wait(lambda snapshot: shape(snapshot) == (2, 100, 100))
        session.play()
        session.wait(lambda snapshot: shape(snapshot) == (2, DRAFT, DRAFT))
        session.pause()
        session.wait(lambda s: s.state == "paused" and shape(s) == (2, 100, 100))

    def test_answers_follow_every_change(self, start):
        session = start()
        session.want(frozenset([Parameters()]))
        first = session.wait(lambda snapshot: Parameters() in snapshot.answers)

        def shown(snapshot):
            return snapshot.answers[Parameters()]["output"]["W"]

        session.step("iteration")
        session.wait(lambda snapshot: (shown(snapshot) != shown(first)).any())
        session.reset()
        session.wait(lambda snapshot: np.array_equal(shown(snapshot), shown(first)))
        session.apply(ENDLESS.but(graph=insert_after(ENDLESS.graph, "dense_1", Dense(3))[0]))
        session.wait(lambda snapshot: "dense_2" in snapshot.answers.get(Parameters(), {}))

    def test_answers_come_while_training(self, start):
        session = start()
        session.play()
        session.want(frozenset([Predictions("test")]))
        first = session.wait(lambda snapshot: len(snapshot.answers) == 1)
        session.wait(
            lambda snapshot: (
                snapshot.answers[Predictions("test")] is not first.answers[Predictions("test")]
            )
        )
        assert session.snapshot().state == "running"

    def test_what_is_no_longer_wanted_is_not_answered(self, start):
        session = start()
        session.want(self.PROBES)
        session.wait(self.answered)
        session.want(frozenset())
        session.wait(lambda snapshot: not snapshot.answers)

    def test_questions_about_classes_do_not_outlive_the_classes(self, start):
        classes = TRAFFIC.but(
            task=TRAFFIC.task.but(thresholds=(100.0,)),
            graph=Graph.chain(Flatten(), Dense(2, "softmax")),
            loss="cross_entropy",
        )
        session = start(classes)
        session.want(frozenset([Confusion("validation")]))
        session.wait(lambda snapshot: snapshot.answers)
        session.apply(TRAFFIC)
        snapshot = settled(session)
        assert (snapshot.state, snapshot.answers) == ("idle", {})

    def test_answers_of_another_task_are_not_shown_for_an_unsound_network(self, start):
        session = start()
        confusion = frozenset([Confusion("validation")])
        session.apply(TRAFFIC)
        session.apply(ENDLESS)
        session.want(confusion)
        session.wait(lambda snapshot: snapshot.answers)
        session.apply(TRAFFIC.but(graph=Graph.chain(Flatten(), Dense(2, "identity"))))
        session.want(confusion)
        snapshot = settled(session)
        assert (snapshot.state, snapshot.answers) == ("invalid", {})

    def test_predictions_are_in_real_units(self, start):
        session = start(TRAFFIC)
        session.want(frozenset([Predictions("test", 50)]))
        snapshot = session.wait(lambda snapshot: snapshot.answers)
        (values,) = snapshot.answers.values()
        theirs = session.ask(
            lambda trainer: trainer.network.predict(trainer.dataset.test.inputs[:50])
        )
        np.testing.assert_allclose(values, snapshot.dataset.in_units(theirs.result(30)), rtol=1e-6)


def digest(value):
    """Return a digest of everything in a snapshot that a view may draw."""
    if isinstance(value, np.ndarray):
        return sha256(np.ascontiguousarray(value).tobytes()).hexdigest()
    if isinstance(value, dict):
        return [(str(key), digest(entry)) for key, entry in value.items()]
    if is_dataclass(value):
        return [digest(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, (tuple, list)):
        return [digest(entry) for entry in value]
    return repr(value)


def test_a_published_snapshot_never_changes(start):
    session = start(ENDLESS.but(graph=Graph.chain(Dense(5), Dropout(), Dense(2, "softmax"))))
    session.want(TestProbes.PROBES)
    session.play()
    taken = []
    for _ in range(4):
        serial = taken[-1][0].serial if taken else 0
        snapshot = session.wait(
            lambda snapshot, serial=serial: (
                snapshot.serial > serial + 3
                and snapshot.epoch > 0
                and snapshot.answers.keys() == TestProbes.PROBES
            )
        )
        taken.append((snapshot, digest(snapshot)))
    session.reset()
    session.step("epoch")
    session.wait(lambda snapshot: snapshot.epoch == 1 and snapshot.state == "paused")
    for snapshot, before in taken:
        assert digest(snapshot) == before
