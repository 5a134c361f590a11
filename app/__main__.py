"""`python -m app`: serve, train, presets. Imports little, for worker processes import it too."""

import argparse
import gc
import importlib
import sys

from app import __version__


def main(arguments: list[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    options = _parser().parse_args(arguments)
    gc.disable()  # nothing that an import makes is garbage; the server starts 30-50 ms sooner
    command = importlib.import_module(f"app.cli.{options.command}")
    gc.freeze()
    gc.enable()
    try:
        code: int = command.run(options)
    except KeyboardInterrupt:
        return 130
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m app", description="Watch a convolutional network's filters learn."
    )
    parser.add_argument("--version", action="version", version=f"Filterscope {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    serve = commands.add_parser("serve", help="start the server and print its link")
    serve.add_argument("--host", help="address to listen on (default 127.0.0.1)")
    serve.add_argument("--port", help="port to listen on; 0 takes a free one (default 8000)")
    train = commands.add_parser("train", help="train a recipe and keep the run with the others")
    train.add_argument("recipe", help="a preset's name, or a JSON file with a recipe")
    train.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="FIELD=VALUE",
        dest="overrides",
        help="change a field, as in optimizer.learning_rate=0.02 (may be given again)",
    )
    train.add_argument("--out", metavar="FILM.npz", help="write the film of all conv layers")
    commands.add_parser("presets", help="list the presets")
    return parser


if __name__ == "__main__":
    sys.exit(main())
