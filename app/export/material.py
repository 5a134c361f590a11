"""What an export is made of and how it was asked for."""

from collections.abc import Callable, Mapping
from typing import Any, BinaryIO, Literal, NamedTuple, Protocol, get_args

from ..events import StoredArray
from ..external.described import Described
from ..stretched import thinned
from .delimited import Delimited

NetworkFormat = Literal["keras", "onnx", "torch", "safetensors"]
Format = Literal["gif", "png", "webp", "svg", "html", "csv", "npz", NetworkFormat]
Background = Literal["white", "transparent"]
Scale = Literal["shared", "own"]
Table = Literal["filters", "curves"]
View = Literal["filters", "labels", "accuracy", "loss"]

FORMATS: tuple[Format, ...] = get_args(Format)
MEDIA_TYPES: dict[Format, str] = {
    "gif": "image/gif",
    "png": "image/png",
    "webp": "image/webp",
    "svg": "image/svg+xml",
    "html": "text/html; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "npz": "application/zip",
    "keras": "application/zip",
    "onnx": "application/octet-stream",
    "torch": "application/zip",
    "safetensors": "application/octet-stream",
}
ENDINGS: dict[Format, str] = {"torch": "pt"}  # of names of files, where it isn't the format's
PICTURES: frozenset[Format] = frozenset({"gif", "png", "webp", "svg"})
FILMS: frozenset[Format] = frozenset({"gif", "png", "webp"})
CHARTS: frozenset[Format] = frozenset({"png", "svg"})
NETWORKS: frozenset[Format] = frozenset(get_args(NetworkFormat))
FILTERS_WIDTH, CHART_WIDTH = 560, 1120  # pixels, unless said


class ExportRequest(NamedTuple):
    """What was asked for.

    Attributes:
        width: of a picture, in pixels, at most.
        frames: of a film, at most; evenly thinned beyond.
        seconds: how long a film takes from its first frame to its last, holds not counted.
        step: of a still picture, one that there is a frame of; None asks for the film. Of a
            network, one that all of its weights are there of.
        view: what a picture shows: the filters, or one of the page's charts.
        style: how a table is written.
        background: what a still picture or a chart stands on.
    """

    format: Format
    scale: Scale = "shared"
    width: int = 720
    frames: int = 120
    seconds: float = 8.0
    step: int | None = None
    table: Table = "filters"
    view: View = "filters"
    style: Delimited = Delimited()
    background: Background = "white"


class FilmFrame(Protocol):
    """One frame: `verdicts` is the body of its event, None where the layer isn't the judged one.

    A kernel may be read only when it is asked for, so that no film lies in memory whole.
    """

    @property
    def step(self) -> int:
        """After how many updates."""

    @property
    def verdicts(self) -> dict[str, Any] | None:
        """The body of its event."""

    @property
    def kernel(self) -> StoredArray:
        """The layer's weights."""


class Film(NamedTuple):
    """A layer's frames in order, all there are up to the server's limit.

    Attributes:
        kind: Keras's name of the layer's type.
        title: what the layer's owner calls it; None where that is its name.
        how: in which way kernels are laid out that aren't pictures by themselves.
        in_colour: whether three channels are red, green and blue.
        from_start: whether its first frame is the network before any update.
    """

    layer: str
    frames: tuple[FilmFrame, ...]
    kind: str = "conv2d"
    title: str | None = None
    how: str | None = None
    in_colour: bool = True
    from_start: bool = True

    def thinned(self, at_most: int) -> tuple[FilmFrame, ...]:
        """Gives at most so many frames (two or more), evenly spread, the first and last
        included.
        """
        last, spaces = len(self.frames) - 1, at_most - 1
        if last <= spaces:
            return self.frames
        return tuple(self.frames[number * last // spaces] for number in range(at_most))


class Material(NamedTuple):
    """All that an export can draw on.

    Attributes:
        run: as the interface tells it, plain JSON.
        preset: name, title, sentence and doubt of the run's preset; None where it has none.
        described: what the run is known by.
        dataset: title, sentence, source, licence of what was trained on; None where nobody knows.
        films: of the layers asked for, at least one.
        curves: `steps` and `evaluated` as lists or arrays, as `/metrics` tells them.
        write_curves: writes the same to a file as a table.
        few_curves: the same thinned, with `count`; None has it worked out from `curves`.
        version: of Filterscope.
    """

    run: dict[str, Any]
    described: Described
    preset: dict[str, str] | None
    dataset: dict[str, Any] | None
    films: tuple[Film, ...]
    curves: Mapping[str, Any]
    write_curves: Callable[[BinaryIO, Delimited], None]
    version: str
    few_curves: Mapping[str, Any] | None = None

    @property
    def total_steps(self) -> int:
        """Where its time axis ends: its planned end, or how far it has come where that is open."""
        planned: int | None = self.run["total_steps"]
        return self.run["step"] if planned is None else planned

    @property
    def thinned_curves(self) -> Mapping[str, Any]:
        """The curves in few steps, as `GET /api/runs/{run_id}/metrics?steps=thinned` tells them."""
        if self.few_curves is not None:
            return self.few_curves
        columns = {name: told for name, told in self.curves.items() if name != "evaluations"}
        return {**self.curves, **thinned(columns)}
