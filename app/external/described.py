"""What a run is known by, whoever trained it, as against a recipe: how one of ours is trained."""

import json
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from ..vocabulary.layers import AnyLayer

Source = Literal["own", "watched", "opened", "cluster"]
StepUnit = Literal["update", "epoch", "file"]
Objective = Literal["classify", "sparse-code"]
Control = Literal["shuffled pixels", "random labels"]
Look = Literal["kernel", "network", "data"]

Begins = Literal["start", "unknown"]
LossKind = Literal["batch", "epoch_mean"]
Sides = tuple[tuple[int, int], ...]  # zeros before and after, axis by axis

# Kinds whose kernel is a list of filters (…, in, out).
CONV_KINDS = frozenset(
    {
        *("conv1d", "conv2d", "conv3d"),
        *("conv1d_transpose", "conv2d_transpose", "conv3d_transpose"),
    }
)
# A depthwise layer's is (…, in, multiplier): each of its kernels is a filter by itself.
DEPTHWISE_KINDS = frozenset({"depthwise_conv1d", "depthwise_conv2d"})


class _Frozen(BaseModel):
    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid")


class DescribedLayer(_Frozen):
    """One layer of a network, ours or not.

    Attributes:
        name: by which weights and links know it: `conv1`, `dense1`, …
        title: what its owner calls it.
        kind: Keras's name of the type in snake case: `conv2d`, `dense`, …
        shape: of its kernel, in Keras's order (a conv layer's: height, width, in, out; with groups
            `in` is that of one group); None where it has none, or nobody knows.
        groups: into how many parts its channels fall, each with filters of its own.
        strides: axis by axis; None where nobody knows, and so for all that follow.
        padding: `valid`, `same` as Keras has it (the odd zero goes after), or how many zeros lie
            before and after each axis.
        dilation: how far a kernel's weights lie apart, axis by axis.
        activation: that its answers pass through, as Keras names it; `linear` is none.
        bias: whether its filters add a constant.
    """

    name: str
    title: str
    kind: str
    shape: tuple[int, ...] | None = None
    groups: int = 1
    strides: tuple[int, ...] | None = None
    padding: Literal["valid", "same"] | Sides | None = None
    dilation: tuple[int, ...] | None = None
    activation: str | None = None
    bias: bool | None = None

    @property
    def has_filters(self) -> bool:
        """Whether its kernel is a list of filters."""
        return self.kind in CONV_KINDS or self.is_depthwise

    @property
    def is_depthwise(self) -> bool:
        """Whether each of its kernels is a filter by itself."""
        return self.kind in DEPTHWISE_KINDS


class KnownNetwork(_Frozen):
    """A network that is a plain chain of layers as recipes write them, one for each of its own."""

    input_shape: tuple[int, int, int]
    layers: tuple[Annotated[AnyLayer, Field(discriminator="type")], ...]


class Can(_Frozen):
    """What can be done with a run; whoever shows it shows or hides by this alone.

    Attributes:
        steer: pause, resume, stop, and change the learning rate.
        rerun: train it again, as it was or with something changed.
        look: how deep questions may go: to the kernels alone, through the whole network with
            pictures that one brings, or to the data that it was trained on.
    """

    steer: bool
    rerun: bool
    look: Look


class Continues(_Frozen):
    """The run that another one goes on from, and after how many of its updates.

    Attributes:
        weights_only: whether it begins with that run's weights alone, at any of its steps; else
            with all of its state, at its end.
    """

    run: str
    step: int
    weights_only: bool = Field(
        default=False,
        exclude_if=lambda weights_only: not weights_only,
        description="with the weights alone; else with all of the state at that run's end",
    )


class Described(_Frozen):
    """What a run is known by.

    Attributes:
        source: who trained it: `own` a worker of this server, `watched` a script elsewhere,
            `opened` it was read from files, `cluster` a server beside this one.
        framework: what it was trained with, as `Keras 3.12`; None where nobody knows.
        dataset: a data set of ours; None where it was trained on something else.
        objective: what it was trained for, where that is known.
        controls: how the data were spoilt on purpose.
        seed: what its random numbers follow from, where that is known.
        class_names: what it tells apart; empty where it names nothing, or nobody knows.
        step_unit: what one step of it is.
        begins: `start` if its first snapshot is the network before any update.
        loss_kind: what its losses are: each a batch's, or the mean of an epoch so far.
        input_shape: height, width and channels of what it looks at, where that is known.
        network: all of its layers, where every one is of a kind that is known here.
        notes: sentences on what of its files wasn't understood, guessed or left out.
        continues: from which run's end it goes on, if from one.
    """

    name: str
    source: Source
    layers: tuple[DescribedLayer, ...]
    framework: str | None = None
    dataset: str | None = None
    objective: Objective | None = None
    controls: tuple[Control, ...] = ()
    seed: int | None = None
    class_names: tuple[str, ...] = ()
    step_unit: StepUnit = "update"
    begins: Begins = "start"
    loss_kind: LossKind = "batch"
    input_shape: tuple[int, int, int] | None = None
    network: KnownNetwork | None = None
    notes: tuple[str, ...] = ()
    continues: Continues | None = None

    @property
    def conv_layers(self) -> tuple[str, ...]:
        """Names of the layers whose filters can be looked at, in order; the first one's are
        streamed.

        Of a run from elsewhere depthwise layers are among them, transposed ones come last, and
        dense ones are told where there are no others.
        """
        if self.source == "own":
            return tuple(layer.name for layer in self.layers if layer.kind in CONV_KINDS)
        found = [layer for layer in self.layers if layer.has_filters]
        found = found or [layer for layer in self.layers if layer.shape is not None]
        found.sort(key=lambda layer: layer.kind.endswith("_transpose"))
        return tuple(layer.name for layer in found)

    def layer(self, name: str) -> DescribedLayer:
        """Returns the layer of that name; KeyError if there is none."""
        found = next((layer for layer in self.layers if layer.name == name), None)
        if found is None:
            raise KeyError(f"no layer is called {name}")
        return found

    def as_kept(self) -> str:
        """Writes it as JSON, without what is as it would be unsaid.

        A network is written whole: each of its layers is read by its type, which goes without
        saying and would be left out.
        """
        kept = self.model_dump(mode="json", exclude_defaults=True)
        if self.network is not None:
            kept["network"] = self.network.model_dump(mode="json")
        return json.dumps(kept, separators=(",", ":"))

    @property
    def can(self) -> Can:
        """What can be done with the run, as far as that follows from who trained it."""
        is_own = self.source == "own"
        look: Look = "kernel" if self.network is None else "network"
        return Can(steer=is_own, rerun=is_own, look="data" if is_own else look)
