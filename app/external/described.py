"""What a run is known by, whoever trained it, as against a recipe: how one of ours is trained."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

Source = Literal["own", "watched", "opened", "cluster"]
StepUnit = Literal["update", "epoch"]
Objective = Literal["classify", "sparse-code"]
Control = Literal["shuffled pixels", "random labels"]
Look = Literal["kernel", "network", "data"]

# Kinds whose kernel is a list of filters (…, in, out); a depthwise layer's is (…, in, multiplier).
CONV_KINDS = frozenset({"conv1d", "conv2d", "conv3d", "conv2d_transpose"})


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class DescribedLayer(_Frozen):
    """One layer of a network, ours or not.

    Attributes:
        name: by which weights and links know it: `conv1`, `dense1`, …
        title: what its owner calls it.
        kind: Keras's name of the type in snake case: `conv2d`, `dense`, …
        shape: of its kernel, in Keras's order (a conv layer's: height, width, in, out); None where
            it has none, or nobody knows.
    """

    name: str
    title: str
    kind: str
    shape: tuple[int, ...] | None = None


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

    @property
    def conv_layers(self) -> tuple[str, ...]:
        """Names of the layers that have filters, in order; the first one's are streamed."""
        return tuple(layer.name for layer in self.layers if layer.kind in CONV_KINDS)

    @property
    def can(self) -> Can:
        """What can be done with the run, as far as that follows from who trained it."""
        is_own = self.source == "own"
        return Can(steer=is_own, rerun=is_own, look="data" if is_own else "kernel")
