"""The command ``playground``: opens the window, or trains, measures and draws in the terminal."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

from engine.arrays import DEVICES
from engine.errors import EngineError

COMMANDS = ("open", "train", "evaluate", "sample", "examples", "screenshot", "doctor")

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

MICROSCOPE_STEPS = ("forward", "loss", "output", "hidden", "weight", "update")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words or (words[0] not in COMMANDS and not words[0].startswith("-")):
        words.insert(0, "open")
    options = _parser().parse_args(words)
    try:
        status: int = options.work(options)
    except EngineError as error:
        print(f"playground: {error}", file=sys.stderr)
        status = 1
    except KeyboardInterrupt:
        print("playground: stopped", file=sys.stderr)
        status = 130
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="playground",
        description="Neural Playground: build a neural network, press play, watch it learn. "
        "Without a command, the window opens.",
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for add in (
        _add_open,
        _add_train,
        _add_evaluate,
        _add_sample,
        _add_examples,
        _add_screenshot,
        _add_doctor,
    ):
        add(commands)
    return parser


def _add_open(commands: Commands) -> None:
    parser = commands.add_parser("open", help="open the window (also: playground [FILE])")
    parser.add_argument("file", nargs="?", help="a project (.nnp) or the name of an example")
    parser.set_defaults(work=_open)


def _add_train(commands: Commands) -> None:
    parser = commands.add_parser("train", help="train an experiment in the terminal")
    parser.add_argument("experiment", help="the name of an example, or a file")
    parser.add_argument("--epochs", type=int, help="train for so many epochs")
    parser.add_argument("--seed", type=int, help="the seed of data, weights and shuffling")
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="write history, network and pictures here"
    )
    _add_data_options(parser)
    parser.set_defaults(work=_train)


def _add_evaluate(commands: Commands) -> None:
    parser = commands.add_parser("evaluate", help="measure a saved network")
    parser.add_argument("file", type=Path, help="a project (.nnp) with trained weights")
    _add_data_options(parser)
    parser.set_defaults(work=_evaluate)


def _add_sample(commands: Commands) -> None:
    parser = commands.add_parser("sample", help="let a trained language model continue a text")
    parser.add_argument("file", type=Path, help="a project (.nnp) with trained weights")
    parser.add_argument(
        "--prompt",
        default="",
        metavar="TEXT",
        help="how the text begins, or a sentence with [MASK]",
    )
    parser.add_argument("--count", type=int, default=200, help="write so many tokens")
    parser.add_argument(
        "--temperature", type=float, default=0.8, help="0 takes the likeliest token, 1 draws fairly"
    )
    parser.add_argument("--top-k", type=int, default=0, help="draw from so many tokens; 0: all")
    parser.add_argument("--seed", type=int, default=0, help="the seed of what is drawn")
    parser.set_defaults(work=_sample)


def _add_examples(commands: Commands) -> None:
    parser = commands.add_parser("examples", help="list the built-in experiments")
    parser.set_defaults(work=_examples)


def _add_screenshot(commands: Commands) -> None:
    parser = commands.add_parser("screenshot", help="draw the window to a picture")
    parser.add_argument("experiment", help="the name of an example, or a file")
    parser.add_argument("--epochs", type=int, default=0, help="train for so many epochs first")
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    parser.add_argument("--language", choices=("en", "ko"), default="en")
    parser.add_argument("--size", default="1440x900", metavar="WxH", help="in pixels")
    parser.add_argument("--select", default="", metavar="NODE", help="the layer that is selected")
    parser.add_argument("--projector", action="store_true", help="large, as for a class")
    parser.add_argument(
        "--microscope",
        nargs="?",
        const="weight",
        default="",
        choices=MICROSCOPE_STEPS,
        help="look at one sample and one weight, in a step of backpropagation",
    )
    parser.add_argument("--data", metavar="PATH", help="a file or folder with your own data")
    parser.add_argument("-o", "--output", type=Path, default=Path("playground.png"))
    parser.set_defaults(work=_screenshot)


def _add_doctor(commands: Commands) -> None:
    parser = commands.add_parser("doctor", help="say what this machine has and lacks")
    parser.set_defaults(work=_doctor)


def _add_data_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="PATH=VALUE",
        dest="settings",
        help="change a setting, as in training.learning_rate=0.01; may be repeated",
    )
    parser.add_argument("--data", metavar="PATH", help="a file or folder with your own data")
    parser.add_argument("--device", choices=DEVICES, default="auto")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def _open(options: argparse.Namespace) -> int:
    from playground.display import open_window

    return open_window(options.file)


def _train(options: argparse.Namespace) -> int:
    from playground.terminal import Options, train

    return train(
        options.experiment,
        Options(
            options.settings,
            options.epochs,
            options.seed,
            options.data,
            options.device,
            options.out,
            options.json,
        ),
    )


def _evaluate(options: argparse.Namespace) -> int:
    from playground.terminal import Options, evaluate

    return evaluate(
        options.file,
        Options(options.settings, data=options.data, device=options.device, as_json=options.json),
    )


def _sample(options: argparse.Namespace) -> int:
    from engine.sampling import Sampling
    from playground.terminal import sample

    how = Sampling(options.count, options.temperature, options.top_k, options.seed)
    return sample(options.file, options.prompt, how)


def _examples(options: argparse.Namespace) -> int:
    from playground.examples import examples

    width = max(map(len, examples()))
    for name, example in examples().items():
        print(f"{name:<{width}}  {example.about['en']}")
    return 0


def _screenshot(options: argparse.Namespace) -> int:
    from playground.display import screenshot

    return screenshot(options)


def _doctor(options: argparse.Namespace) -> int:
    from playground.doctor import report

    print(report())
    return 0
