"""Snapshots of a watched run: the streamed layer's verdicts, the health of all, and alerts."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..analysis import filters_of, may_judge
from ..events import EncodedEvent, encode
from ..external.described import Described
from ..vocabulary.layers.naming import kernel_name, layer_of, weight_name
from .alerts import AlertWatch, KnownTraining
from .filter_history import FilterHistory
from .health import StartNorms, begun, health_of
from .snapshots import packed

Kernels = NDArray[np.float32]
FirstKernel = Callable[[str], Kernels | None]


class WatchedFrames:
    """Tells the snapshots of one run in their order.

    Args:
        described: what the run is known by.
        state: of the snapshots before; None before the first.
        first: gives a kernel by its full name as the first snapshot on record has it, if it does.
        cache_folder: where the null tables of the edge metric are kept.
    """

    def __init__(
        self,
        described: Described,
        state: dict[str, Any] | None,
        first: FirstKernel,
        cache_folder: Path,
    ) -> None:
        self._described = described
        self._kinds = {layer.name: layer.kind for layer in described.layers}
        self._state = state
        self._recorded = first
        self._cache_folder = cache_folder
        self._first: dict[str, Kernels] = {}
        self._watching: tuple[FilterHistory, AlertWatch] | None = None

    def tell(
        self, step: int, arrays: Mapping[str, Kernels], loss: float | None
    ) -> list[EncodedEvent]:
        """Tells one snapshot, and what it gives reason to warn of.

        Raises:
            ValueError: it is without the layer that is streamed, or the first is without any.
        """
        kernels = self._kernels(arrays)
        if self._state is None:
            self._state = self._begin(step, kernels)
        layer = self._state["layer"]
        if kernel_name(layer) not in kernels:
            raise ValueError(f"a snapshot is without {layer}, whose filters the first one showed")
        history, alerts = self._watching = self._watching or self._take_up(kernels)
        now = kernels[kernel_name(layer)]
        is_finite = bool(np.isfinite(now).all())
        told: dict[str, Any] = history.verdicts([step], [now])[0] if is_finite else {}
        told |= {"kind": "snapshot", "step": step, "layer": layer}
        told |= _bias(arrays.get(weight_name(layer, "bias")))
        told["health"] = [self._health(name, kernel) for name, kernel in kernels.items()]
        told |= {} if is_finite else {"broken": True}
        dead = history.dead(now) if is_finite else []
        raised = alerts.raised(told, kernels, loss, None, dead)
        return [packed(told, dict(arrays)), *(encode(alert, step) for alert in raised)]

    def state(self) -> dict[str, Any] | None:
        """Returns what the next snapshot depends on besides frame 0, as JSON has it."""
        if self._state is None or self._watching is None:
            return self._state
        history, alerts = self._watching
        return self._state | {"history": history.state(), "alerts": alerts.state()}

    def _begin(self, step: int, kernels: Mapping[str, Kernels]) -> dict[str, Any]:
        there = [name for name in self._described.conv_layers if kernel_name(name) in kernels]
        if not there:
            raise ValueError("the first snapshot holds no layer with filters")
        self._first = dict(kernels)
        layers = {layer_of(name): begun(kernel) for name, kernel in kernels.items()}
        return {"layer": there[0], "first_step": step, "layers": layers}

    def _take_up(self, kernels: Mapping[str, Kernels]) -> tuple[FilterHistory, AlertWatch]:
        """Makes what tells the streamed layer, as it was after the snapshot before."""
        state = self._state or {}
        name = kernel_name(state["layer"])
        first = self._first_of(name)
        first = np.nan_to_num(kernels[name] if first is None else first)
        described = self._described.layer(state["layer"])
        is_judged = may_judge(described.kind, first.shape, described.groups)
        known = KnownTraining(
            optimizer=None,
            begins=self._described.begins == "start",
            first_step=state["first_step"],
            titles={layer.name: layer.title for layer in self._described.layers},
        )
        norms = {layer: StartNorms(*told).norm or 0.0 for layer, told in state["layers"].items()}
        history = FilterHistory(first, self._cache_folder, is_judged=is_judged)
        alerts = AlertWatch({name: first}, known, norms)
        if "history" in state:
            history.load_state(state["history"])
            alerts.load_state(state["alerts"])
        return history, alerts

    def _health(self, name: str, kernel: Kernels) -> dict[str, Any]:
        layer = layer_of(name)
        known = (self._state or {})["layers"].get(layer)
        first = None if known is None else self._first_of(name)
        return health_of(layer, kernel, None if known is None else StartNorms(*known), first)

    def _first_of(self, name: str) -> Kernels | None:
        """Returns a layer's filters at frame 0: from this batch, or else from the record."""
        if name not in self._first:
            found = self._recorded(name)
            if found is None:
                return None
            self._first[name] = filters_of(self._kinds[layer_of(name)], found)
        return self._first[name]

    def _kernels(self, arrays: Mapping[str, Kernels]) -> dict[str, Kernels]:
        """Returns every layer's kernel as a list of filters, by its full name."""
        return {
            name: filters_of(self._kinds[layer_of(name)], array)
            for name, array in arrays.items()
            if name == kernel_name(layer_of(name))
        }


def _bias(bias: NDArray[np.float32] | None) -> dict[str, Any]:
    return {} if bias is None or not np.isfinite(bias).all() else {"bias": bias.tolist()}
