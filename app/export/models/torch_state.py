"""Weights as the state of the `nn.Sequential` that the network's PyTorch code builds."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...inspection.whole import Preparation, Shifted, WholeLayer, WholeNetwork
from ...vocabulary.layers import BatchNormalization, Conv2D, Dense, DepthwiseConv2D
from .turned import channels_first, four_of_normalization

State = dict[str, NDArray[Any]]  # float32, or int64 where numbers count


def torch_state(network: WholeNetwork) -> State:
    """Gives each array by its name there, C-contiguous.

    Dense layers keep their rows as they are, since the code flattens channels last.
    """
    state = {} if network.preparation is None else _of_pixels(network.preparation)
    for told in network.layers:
        state |= {f"{told.name}.{name}": array for name, array in _own(told).items()}
    # Not by ascontiguousarray, which makes an axis where there is none.
    return {name: np.array(array, order="C") for name, array in state.items()}


def _of_pixels(prepared: Preparation) -> State:
    state: State = {}
    if prepared.order is not None:
        state["pixel_order.order"] = prepared.order.astype(np.int64)
    if isinstance(prepared.scaling, Shifted):
        state["scaling.mean"] = prepared.scaling.mean
        state["scaling.factor"] = np.array(prepared.scaling.factor, np.float32)
    else:
        state["scaling.rows"] = prepared.scaling.rows
        state["scaling.columns"] = prepared.scaling.columns
    return state


def _own(told: WholeLayer) -> State:
    weights = told.weights
    match told.layer:
        case Conv2D() | DepthwiseConv2D():
            kernel = channels_first(told.layer, weights["kernel"])
            return {"weight": kernel, "bias": weights["bias"]}
        case Dense():
            return {"weight": weights["kernel"].T, "bias": weights["bias"]}
        case BatchNormalization():
            names = ("weight", "bias", "running_mean", "running_var")
            own: State = dict(zip(names, four_of_normalization(told), strict=True))
            return own | {"num_batches_tracked": np.array(0, np.int64)}
    return {}
