"""What a network sees of a table, and how its rows are split, filled and scaled."""

import os

import numpy as np
import pytest

from engine import archive
from engine.adapt import with_task
from engine.errors import DataError, FieldError, FormatError, ShapeError
from engine.experiment import Experiment, Training
from engine.fields import from_json, to_json
from engine.graph import INPUT, OUTPUT, Graph
from engine.layers.dense import Dense
from engine.metrics import class_metrics
from engine.tasks.baselines import MEAN, MOST_FREQUENT
from engine.tasks.overview import STATISTICS
from engine.tasks.table import Table
from engine.tasks.table_columns import Layout
from engine.tasks.traffic import Traffic
from engine.trainer import Trainer

ALL = ("training", "validation", "test")


@pytest.fixture
def write(tmp_path):
    def write(*lines, name="people.csv"):
        path = tmp_path / name
        path.write_text("\n".join([*lines, ""]), "utf-8")
        return str(path)

    return write


@pytest.fixture
def people(write):
    """Twenty people: height 150, 151, …; every other one from Busan; tall from 160 on."""
    lines = [f"{150 + i},{'Busan' if i % 2 else 'Seoul'},{int(i >= 10)}" for i in range(20)]
    return write("height,city,tall", *lines)


def rows(data):
    """All inputs in the order of the parts."""
    return np.concatenate([data.part(part).inputs for part in ALL])


@pytest.mark.parametrize(
    ("source", "rows", "columns", "labels"),
    [
        ("diabetes", 442, 10, ("< 140", "≥ 140")),
        ("iris", 150, 4, ("setosa", "versicolor", "virginica")),
        ("wine", 178, 13, ("class_0", "class_1", "class_2")),
        ("breast_cancer", 569, 30, ("malignant", "benign")),
    ],
)
def test_built_in_tables(source, rows, columns, labels):
    task = Table(source)
    data = task.load(7)
    assert task.input_shape == data.training.inputs.shape[1:] == (columns,)
    assert task.target == data.target
    assert data.target.labels == labels
    assert data.columns == task.columns[:-1]
    assert sum(len(data.part(part)) for part in ALL) == rows
    assert data.training.inputs.dtype == np.float32
    assert data.training.targets.dtype == np.int64


def test_the_labels_of_the_course_are_those_of_scikit_learn():
    """The features of load_diabetes; label 1 where the target is 140 or more; 60/40 of 442."""
    from sklearn.datasets import load_diabetes

    x, y = load_diabetes(return_X_y=True)
    data = Table(scaling="none", split="in order", validation_share=0).load(0)
    assert (len(data.training), len(data.test)) == (265, 177)
    np.testing.assert_allclose(data.training.inputs, x[:265], rtol=1e-6)
    np.testing.assert_array_equal(data.test.targets, y[265:] >= 140)
    assert data.validation is not data.training
    np.testing.assert_array_equal(data.validation.inputs, data.test.inputs)


def test_the_number_itself():
    from sklearn.datasets import load_diabetes

    task = Table(predict="number", split="in order", scaling="min-max")
    data = task.load(0)
    assert not task.target.classes and task.target.labels == ("progression",)
    truth = load_diabetes(return_X_y=True)[1]
    np.testing.assert_allclose(data.in_units(data.training.targets)[:, 0], truth[:265], rtol=1e-6)
    assert data.training.targets.min() == 0 and data.training.targets.max() == 1


def test_settings_survive_the_project_file(people):
    task = Table(file=people, inputs=("height",), thresholds=(3, 5), missing="drop rows")
    assert from_json(to_json(task), "task") == task


def test_texts_become_one_column_each_and_keep_their_names(people):
    task = Table(file=people, split="in order", scaling="none")
    data = task.load(0)
    assert data.columns == ("height", "city = Busan", "city = Seoul")
    assert task.input_shape == (3,)
    np.testing.assert_array_equal(data.training.inputs[:2], [[150, 0, 1], [151, 1, 0]])
    assert data.target.labels == ("0", "1")
    np.testing.assert_array_equal(data.training.targets, [0] * 10 + [1] * 2)


def test_target_and_inputs_are_chosen_by_name(people):
    task = Table(file=people, target_column="city", inputs=("tall",))
    data = task.load(0)
    assert data.target.labels == ("Busan", "Seoul")
    assert data.columns == ("tall",)
    with pytest.raises(DataError, match="'weight'; it has height, city, tall"):
        Table(file=people, target_column="weight").load(0)
    with pytest.raises(DataError, match="height is the target"):
        Table(file=people, target_column="height", inputs=("height",)).load(0)


@pytest.mark.parametrize(
    ("column", "settings", "labels"),
    [
        ("tall", {}, ("0", "1")),
        ("tall", {"predict": "number"}, ()),
        ("height", {}, ()),
        ("height", {"predict": "classes"}, tuple(str(150 + i) for i in range(20))),
        ("height", {"thresholds": (155, 160.5)}, ("< 155", "155–160.5", "≥ 160.5")),
        ("height", {"thresholds": (155,), "predict": "number"}, ()),
    ],
)
def test_classes_or_a_number(people, column, settings, labels):
    task = Table(file=people, target_column=column, split="in order", **settings)
    assert task.target.labels == (labels or (column,))
    assert task.target.classes == bool(labels)
    data = task.load(0)
    assert data.training.targets.dtype == (np.int64 if labels else np.float32)


def test_a_threshold_belongs_to_the_class_above_it(people):
    data = Table(file=people, target_column="height", thresholds=(155,), split="in order").load(0)
    np.testing.assert_array_equal(data.training.targets[3:7], [0, 0, 1, 1])


def test_thresholds_that_do_not_rise_are_refused():
    for task in (Table, Traffic):
        with pytest.raises(FieldError, match="must rise from one to the next, not 50, 30"):
            task(thresholds=(50, 30))


def test_the_same_seed_draws_the_same_parts_and_another_one_others(people):
    task = Table(file=people)
    first, again, other = task.load(1), task.load(1), task.load(2)
    np.testing.assert_array_equal(rows(first), rows(again))
    assert (rows(first) != rows(other)).any()
    heights = np.concatenate([first.rows[part].numbers[:, 0] for part in ALL])
    assert sorted(heights) == list(range(150, 170))


@pytest.mark.parametrize("scaling", ["standard", "min-max"])
def test_scaling_is_fitted_on_the_training_part_only(people, scaling):
    task = Table(file=people, target_column="height", split="in order", scaling=scaling)
    numbers = task.load(0).training.targets
    if scaling == "standard":
        np.testing.assert_allclose([numbers.mean(), numbers.std()], [0, 1], atol=1e-6)
    else:
        assert (numbers.min(), numbers.max()) == (0, 1)
    assert task.load(0).test.targets.max() > 1
    # Categories stay 0 and 1.
    assert set(np.unique(task.load(0).training.inputs[:, :2])) == {0, 1}


@pytest.fixture
def gappy(write):
    """Six rows in order: a number is missing in row 4, a text in row 6, an answer in row 7."""
    return write("x,kind,y", "1,a,10.5", "3,b,20", "?,a,30".replace("?", ""), "5,b,40", "7,NA,50",
                 "9,a,", "11,b,70")  # fmt: skip


def test_a_missing_value_is_refused_with_its_place(gappy):
    task = Table(file=gappy)
    with pytest.raises(DataError) as caught:
        task.load(0)
    assert str(caught.value) == (
        "people.csv, row 4: x has no value; fill it in, or choose how to treat missing values."
    )
    assert str(task.problem) == str(caught.value)
    with pytest.raises(DataError, match="row 6: kind has no value"):
        Table(file=gappy, inputs=("kind",)).load(0)


def test_rows_with_missing_values_are_dropped_in_the_open(gappy):
    data = Table(file=gappy, missing="drop rows", split="in order", scaling="none").load(0)
    np.testing.assert_array_equal(rows(data)[:, 0], [1, 3, 5, 11])
    assert [str(notice) for notice in data.notices] == [
        "people.csv: 3 of 7 rows are left out because a value is missing, the first is row 4."
    ]


def test_missing_values_are_filled_from_the_training_part(gappy):
    task = Table(
        file=gappy, missing="mean or most frequent", split="in order", scaling="none",
        training_share=0.5,
    )  # fmt: skip
    data = task.load(0)
    # The row without an answer is left out; the training part is x = 1, 3 and the missing one.
    np.testing.assert_array_equal(rows(data)[:, 0], [1, 3, 2, 5, 7, 11])
    np.testing.assert_array_equal(rows(data)[:, 1:].argmax(axis=1), [0, 1, 0, 1, 0, 1])
    told = " ".join(map(str, data.notices))
    assert "1 of 7 rows are left out" in told and "filled in from the training part: 2." in told


def test_columns_of_many_texts_are_left_out_in_the_open_or_refused(write):
    path = write("name,x,y", *(f"person {i},{i},{i % 2}" for i in range(40)))
    data = Table(file=path).load(0)
    assert data.columns == ("x",)
    assert "too many different texts: name." in str(data.notices[0])
    with pytest.raises(DataError, match="column name holds 40 different texts, more than 20"):
        Table(file=path, inputs=("name",)).load(0)


def test_a_split_that_leaks_the_future_is_told_of(write):
    lines = [f"2017-04-{1 + i:02d} 0:00,{i},{i % 2}" for i in range(20)]
    data = Table(file=write("when,x,y", *lines)).load(0)
    assert "the rows follow each other in time (when)" in str(data.notices[0])
    for task in (
        Table(file=write("when,x,y", *lines), split="in order"),
        Table(file=write("when,x,y", *reversed(lines), name="backwards.csv")),
        Table("iris"),
    ):
        assert "time" not in " ".join(map(str, task.load(0).notices))


def test_first_rows_and_summary(gappy):
    import pandas as pd

    data = Table(file=gappy, missing="drop rows").load(0)
    assert data.overview.names == ("x", "kind", "y")
    assert data.overview.head[2] == ("–", "a", "30")
    described = pd.read_csv(gappy)["x"].describe()
    for name, row in zip(STATISTICS, data.overview.statistics, strict=True):
        if name != "different":
            assert float(row[0]) == pytest.approx(described[name], rel=1e-3)
    assert [row[1] for row in data.overview.statistics[:3]] == ["6", "2", "–"]


def test_baselines(people):
    data = Table(file=people, split="in order").load(0)
    always_short = class_metrics(np.tile([[1.0, 0.0]], (4, 1)), data.test.targets, 2)
    assert data.baselines("test")[MOST_FREQUENT]["accuracy"] == always_short["accuracy"] == 0
    assert data.baselines("training")[MOST_FREQUENT]["accuracy"] == pytest.approx(10 / 12)
    data = Table(file=people, target_column="height", split="in order").load(0)
    mean = np.arange(150, 162).mean()
    errors = np.arange(166, 170) - mean
    assert data.baselines("test")[MEAN]["rmse"] == pytest.approx(np.sqrt((errors**2).mean()))


def test_a_class_that_training_never_sees_is_told_of(people):
    data = Table(file=people, split="in order", training_share=0.4).load(0)
    assert str(data.notices[0]) == "No row of the training part belongs to 1."


def test_a_saved_network_keeps_its_scaling_and_what_it_fills_in(write, people, tmp_path):
    task = Table(file=people, target_column="height", split="in order")
    graph = Graph.chain(Dense(1, "identity"))
    trainer = Trainer(Experiment(task, graph, Training(loss="mse", epochs=3)))
    list(trainer.steps())
    path = tmp_path / "mine.nnp"
    archive.save(path, trainer.experiment, trainer.checkpoint())
    project = archive.load(path)
    lines = [f"{180 + i},{'Busan' if i % 3 else 'Seoul'},{i % 2}" for i in range(30)]
    other = write("height,city,tall", *lines, name="others.csv")
    again = Trainer(project.experiment.but(task=project.experiment.task.with_data(other)))
    again.restore(project.checkpoint)
    assert again.dataset.fitted == trainer.dataset.fitted
    np.testing.assert_allclose(
        again.dataset.in_units(again.dataset.training.targets)[:, 0], range(180, 198), rtol=1e-6
    )
    lines = [line.replace("Busan", "Jeju") for line in lines]
    third = write("height,city,tall", *lines, name="third.csv")
    again = Trainer(project.experiment.but(task=project.experiment.task.with_data(third)))
    with pytest.raises(FormatError, match="the columns or the classes are others"):
        again.restore(project.checkpoint)


def test_a_file_that_cannot_be_used_is_an_error_at_the_input(write, people):
    graph = Graph.chain(Dense(2, "softmax"))
    broken = Experiment(Table(file=write("a,b", "1,x", "2,", name="broken.csv")), graph)
    assert str(broken.shapes().errors[INPUT]).startswith("broken.csv, row 3: b has no value")
    with pytest.raises(ShapeError, match="row 3: b has no value"):
        Trainer(broken)
    assert not Experiment(Table(file=people), graph).shapes().errors


def test_a_file_that_changes_is_read_anew(people):
    task = Table(file=people)
    assert task.input_shape == (3,)
    with open(people, "w", encoding="utf-8") as file:
        file.write("a,b,c,d,e\n" + "1,2,3,4,x\n2,3,4,5,y\n" * 9)
    os.utime(people, ns=(1, 1))
    assert task.input_shape == (4,)
    assert task.columns == ("a", "b", "c", "d", "e")


class TestWithTask:
    XOR = Experiment(Table("diabetes"), Graph.chain(Dense(4), Dense(2, "softmax")))

    def test_output_and_loss_follow_from_classes_to_a_number_and_back(self):
        number = with_task(self.XOR, Table("diabetes", predict="number"))
        assert number.graph[OUTPUT].layer == Dense(1, "identity")
        assert number.training.loss.kind == "mse"
        assert not number.shapes().errors
        assert with_task(number, Table("diabetes")) == self.XOR

    def test_the_units_follow_the_classes(self):
        iris = with_task(self.XOR, Table("iris"))
        assert iris.graph[OUTPUT].layer == Dense(3, "softmax")
        assert iris.graph["dense_1"] == self.XOR.graph["dense_1"]
        assert not iris.shapes().errors

    def test_one_unit_is_kept_for_two_classes_and_widened_for_three(self):
        graph = Graph.chain(Dense(1, "sigmoid"))
        one = Experiment(Table("diabetes"), graph, Training(loss="binary_cross_entropy"))
        assert with_task(one, Table("breast_cancer")).graph == graph
        three = with_task(one, Table("iris"))
        assert three.graph[OUTPUT].layer == Dense(3, "softmax")
        assert three.training.loss.kind == "cross_entropy"
        assert not three.shapes().errors


def test_a_file_is_read_as_a_person_says(tmp_path):
    path = tmp_path / "plain.csv"
    path.write_text("1 2|a\n3 4|b\n5 6|a\n7 8|b\n9 0|a\n", "utf-16")
    guess = Table(file=str(path))
    assert "no text in UTF-8 or CP949" in str(guess.problem)
    task = guess.but(encoding="UTF-16", delimiter="bar", header=False)
    assert task.columns == ("#1", "#2")
    assert task.target.labels == ("a", "b")
    assert task.layout == Layout("UTF-16", "bar", False)
    assert len(task.load(1).training) == 3
    assert task.but(delimiter="space").columns == ("#1", "#2")
    wrong = task.but(encoding="UTF-8")
    assert "no text in UTF-8; choose another encoding" in str(wrong.problem)
    assert wrong.layout is None


def test_what_is_found_out_about_a_file_can_be_told(tmp_path):
    path = tmp_path / "found.csv"
    path.write_bytes("키;등급\n1,5;가\n2,5;나\n3;가\n4;나\n5;가\n".encode("cp949"))
    task = Table(file=str(path))
    assert task.layout == Layout("CP949", "semicolon", True)
    assert task.columns == ("키", "등급")
    assert Table().layout is None


def test_numbers_in_the_first_row_need_no_header(tmp_path):
    path = tmp_path / "bare.csv"
    path.write_text("".join(f"{i},{i % 7},{i % 2}\n" for i in range(20)))
    assert "read it without a header" in str(Table(file=str(path)).problem)
    task = Table(file=str(path), header=False)
    assert task.problem is None and task.input_columns == ("#1", "#2")
    dataset = task.load(3)
    assert sum(len(dataset.part(name)) for name in ("training", "validation", "test")) == 20
