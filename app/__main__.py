"""`filterscope`, or `python -m app`: its commands. Imports little, for workers import it too."""

import argparse
import gc
import importlib
import os
import sys

from . import __version__
from .blas_threads import use_one_blas_thread
from .command import command_name

FILTERS = "gabor, sobel, prewitt, laplacian, dct; a bank's FILE.json or .npy; RUN or RUN@STEP"


def main(arguments: list[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    options = _parser().parse_args(arguments)
    use_one_blas_thread()
    gc.disable()  # nothing that an import makes is garbage; the server starts 30-50 ms sooner
    command = importlib.import_module(f".cli.{options.command}", __package__)
    gc.freeze()
    gc.enable()
    try:
        code: int = command.run(options)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # as `| head` does; what it left unread is nobody's any more
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=command_name(), description="Watch a convolutional network's filters learn."
    )
    parser.add_argument("--version", action="version", version=f"Filterscope {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _describe_serving(commands.add_parser("serve", help="start the server and print its link"))
    _describe_recordings(commands)
    _describe_data(commands.add_parser("data", help="pictures of your own: add, list, remove"))
    train = commands.add_parser("train", help="train a recipe and keep the run with the others")
    _describe_recipe(train, ", or RUN@STEP to go on with the weights of a run at that step")
    train.add_argument("--filters", metavar="FILTERS", help=f"first filters: {FILTERS}")
    train.add_argument(
        "--freeze",
        action="append",
        default=[],
        metavar="LAYER",
        help="a layer that keeps its first weights, as in conv1 (may be given again)",
    )
    train.add_argument(
        "--without",
        action="append",
        default=[],
        metavar="LAYER=FILTERS",
        help="filters that are held at 0, counted from 0, as in conv1=15 or conv1=1,12 (may be "
        "given again)",
    )
    train.add_argument("--out", metavar="FILM.npz", help="write the film of all conv layers")
    compare = commands.add_parser(
        "compare",
        help="train filters of your own, frozen and free, beside learned and random ones",
    )
    _describe_recipe(compare)
    compare.add_argument("--filters", metavar="FILTERS", default="gabor", help=FILTERS)
    compare.add_argument(
        "--seeds", default="3", help="how many, or which, as in 3,7,11 (default 3)"
    )
    _describe_sweep(
        commands.add_parser("sweep", help="train every combination of a few settings, as a map")
    )
    _describe_export(
        commands.add_parser("export", help="write a run as a film, picture, page, table or model")
    )
    _describe_check(
        commands.add_parser("check", help="say whether a file's or a run's filters are healthy")
    )
    publish = commands.add_parser(
        "publish", help="write runs as a site of static files for any web server"
    )
    publish.add_argument("runs", nargs="+", metavar="RUN", help="a run's id, or latest")
    publish.add_argument(
        "-o", "--out", required=True, metavar="FOLDER", help="a folder, or a FILE.zip"
    )
    publish.add_argument("--title", help="of the first page")
    commands.add_parser("presets", help="list the presets")
    reproduce = commands.add_parser(
        "reproduce", help="train a run again from its log, and say whether it is identical"
    )
    reproduce.add_argument("run", metavar="RUN", help="a run's id, or latest")
    crash = commands.add_parser("crash", help="print why a run's training broke")
    crash.add_argument("run", metavar="RUN", help="a run's id, or latest")
    salvage = commands.add_parser(
        "salvage", help="make a new data folder of what is whole in a damaged one"
    )
    salvage.add_argument("folder", metavar="FOLDER", help="a data folder that no server has open")
    salvage.add_argument("-o", "--out", metavar="NEW", help="default: FOLDER-salvaged")
    return parser


def _describe_serving(command: argparse.ArgumentParser) -> None:
    command.add_argument("--host", help="address to listen on (default 127.0.0.1)")
    command.add_argument("--port", help="port to listen on; 0 takes a free one (default 8000)")
    command.add_argument(
        "--root-path",
        metavar="PATH",
        help="that a proxy puts before all others, as /lab/filterscope",
    )
    command.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="of a Dask cluster that trains the runs of sweeps, as tcp://host:8786",
    )
    command.add_argument(
        "--ask-token",
        action="store_true",
        help="let in only who has the link, other users of this machine neither",
    )
    command.add_argument(
        "--allow-embedding",
        nargs="?",
        const="yes",
        action="append",
        metavar="ORIGIN",
        help="let pages of this origin, as https://course.example, show runs in a frame and read "
        "(may be given again); without one, let pages of all sites show pictures of runs",
    )


def _describe_recordings(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    show = commands.add_parser(
        "open",
        help="show files of weights, folders of checkpoints, or what `watch` wrote into a file; "
        "starts the server if none runs",
    )
    show.add_argument("paths", nargs="+", metavar="PATH", help="several files make one film")
    show.add_argument("--name", help="what the run is called (default: as its file or folder)")
    show.add_argument(
        "--layout", choices=("hwio", "oihw"), help="of kernels in files that don't say it"
    )
    show.add_argument(
        "--describe", action="store_true", help="start nothing; print as JSON what a file holds"
    )
    _describe_serving(show)
    upload = commands.add_parser("upload", help="send what `watch` wrote into a file to a server")
    upload.add_argument("files", nargs="+", metavar="FILE.fscope")
    upload.add_argument(
        "--to", metavar="URL", help="of the server (default: this data folder's, or none running)"
    )
    upload.add_argument("--token", help="that opens it (default: FILTERSCOPE_TOKEN)")


def _describe_data(data: argparse.ArgumentParser) -> None:
    actions = data.add_subparsers(dest="action", required=True, metavar="ACTION")
    add = actions.add_parser("add", help="make a data set of pictures, a folder for each class")
    add.add_argument("name", metavar="NAME", help="to be called; a recipe says own:NAME")
    add.add_argument("path", metavar="PATH", help="a folder, a zip of one, or an .npz")
    add.add_argument("--size", help="height and width: 28, 32 (default), 48, 64 or 96")
    add.add_argument("--channels", help="1 or 3 (default: 1 if all pictures are gray)")
    add.add_argument("--fit", help="crop (default) what is too long, or pad what is too short")
    add.add_argument("--background", help="white (default) or black, where pictures end")
    actions.add_parser("list", help="list pictures of your own")
    remove = actions.add_parser("remove", help="delete pictures of your own")
    remove.add_argument("name", metavar="NAME")
    remove.add_argument(
        "--even-if-needed", action="store_true", help="though runs can't be repeated without them"
    )


def _describe_recipe(command: argparse.ArgumentParser, more: str = "") -> None:
    command.add_argument(
        "recipe",
        help=f"a preset's name, own:NAME for your pictures, or a JSON file with a recipe{more}",
    )
    _describe_overrides(command)


def _describe_overrides(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="FIELD=VALUE",
        dest="overrides",
        help="change a field, as in optimizer.learning_rate=0.02 or layers.conv1.trainable=false "
        "(may be given again)",
    )


def _describe_sweep(sweep: argparse.ArgumentParser) -> None:
    begun = sweep.add_mutually_exclusive_group(required=True)
    begun.add_argument(
        "--preset",
        metavar="RECIPE",
        help="a preset's name, own:NAME for your pictures, or a JSON file with a recipe",
    )
    begun.add_argument(
        "--more-of",
        metavar="SWEEP",
        help="train more --seeds of a sweep that is there: its id, or latest",
    )
    sweep.add_argument(
        "--over",
        action="append",
        default=[],
        metavar="FIELD=VALUES",
        help="a field and its values, as in optimizer.learning_rate=0.01,0.03 or "
        "layers.conv1.filters=8,16 (up to three times)",
    )
    sweep.add_argument("--seeds", default="3", help="how many, or which, as in 3,7,11 (default 3)")
    sweep.add_argument(
        "--keep",
        choices=("films", "ends"),
        default="films",
        help="whole films, or of each run the first and newest weights alone",
    )
    sweep.add_argument("--name", help="what the sweep is called")
    sweep.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="of a Dask cluster that trains its runs, where no server of yours is running",
    )
    _describe_overrides(sweep)


def _describe_check(check: argparse.ArgumentParser) -> None:
    check.add_argument(
        "subjects", nargs="+", metavar="SUBJECT", help="a file of weights, a run's id, or latest"
    )
    check.add_argument("--step", help="of a run, or first (default latest)")
    check.add_argument(
        "--against",
        metavar="FIRST",
        help="a file, or RUN@STEP: the weights before training, or before fine-tuning "
        "(default: a run's own first snapshot)",
    )
    for option, of_what in (
        ("--min-oriented", "of the first layer's filters: edges or lines"),
        ("--max-dead", "of a layer's filters (default 0.1)"),
        ("--max-duplicates", "of a layer's filters (default 0.1)"),
    ):
        check.add_argument(option, type=float, metavar="SHARE", help=of_what)
    check.add_argument("--layout", choices=("hwio", "oihw"), help="of kernels that don't say it")
    check.add_argument("--json", action="store_true", help="print the report as JSON")
    check.add_argument("--markdown", action="store_true", help="print it as a table in Markdown")
    check.add_argument("--junit", metavar="FILE", help="write it as JUnit's XML, too")


def _describe_export(export: argparse.ArgumentParser) -> None:
    export.add_argument("run", help="the run's id, or latest")
    export.add_argument(
        "--format",
        help="gif, png, webp, svg, html, csv or npz; for its network keras, onnx, torch or "
        "safetensors; for a script that trains it keras-code or torch-code (default: what FILE "
        "ends with)",
    )
    export.add_argument("-o", "--out", metavar="FILE", help="default: a name that says what it is")
    export.add_argument("--layer", help="a conv layer (default: the first; for npz all)")
    export.add_argument("--step", help="a picture or network of this step, of first or of latest")
    export.add_argument("--scale", help="of a picture's colours: shared (default) or own")
    export.add_argument("--width", help="of a picture, in pixels (default 560, of a chart 1120)")
    export.add_argument("--frames", help="of a film, at most (default 80)")
    export.add_argument("--seconds", help="that a film takes (default 8)")
    export.add_argument("--table", help="what csv holds: filters (default) or curves")
    export.add_argument("--background", help="of png or svg: white (default) or transparent")
    export.add_argument("--decimal", help="of csv: point (default), or comma for such spreadsheets")
    export.add_argument("--sep", help="of csv, between columns: , or ; or tab")
    export.add_argument(
        "--view", help="what png or svg shows: filters (default), labels, accuracy or loss"
    )


if __name__ == "__main__":
    sys.exit(main())
