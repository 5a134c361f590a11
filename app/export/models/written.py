"""`write_network(file, network, origin, code, kind)`: one network in the format asked for."""

from typing import BinaryIO

from ...inspection.whole import WholeNetwork
from ..material import NetworkFormat
from .origin import Origin, as_json


def write_network(
    file: BinaryIO, network: WholeNetwork, origin: Origin, code: str, kind: NetworkFormat
) -> None:
    """Writes the file; the same bytes each time.

    Args:
        origin: where the network came from, which goes into the file.
        code: of PyTorch, that builds the network whose state the file holds.
    """
    if kind == "keras":
        from .keras_file import write_keras

        write_keras(file, network, origin)
    elif kind == "onnx":
        from .onnx_file import write_onnx

        write_onnx(file, network, origin)
    else:
        _write_state(file, network, origin, code, kind)


def _write_state(
    file: BinaryIO, network: WholeNetwork, origin: Origin, code: str, kind: NetworkFormat
) -> None:
    from .safetensors_file import write_safetensors
    from .torch_file import write_torch
    from .torch_state import torch_state

    state = torch_state(network)
    if kind == "torch":
        write_torch(file, state, {"filterscope.json": as_json(origin), "network.py": code})
    else:
        write_safetensors(file, state, {**origin, "network.py": code})
