"""Layers as one `nn.Sequential`, and the modules that PyTorch itself is without."""

from collections.abc import Iterable

from ..vocabulary.layers import AnyLayer, Shape
from .call import Call
from .torch_layers import torch_layers

Modules = dict[str, Call]
_CHANNELS_LAST = '''
class ChannelsLast(nn.Module):
    """Turns (n, channels, height, width) into (n, height, width, channels)."""

    def forward(self, maps):
        return maps.permute(0, 2, 3, 1)

'''
_SAME_AVERAGE = '''
class SameAverage(nn.Module):
    """Averages windows with a rim of zeros (left, right, above, below) that doesn't count."""

    def __init__(self, size, stride, rim):
        super().__init__()
        self.size, self.stride, self.rim = size, stride, rim

    def forward(self, maps):
        pool = nn.functional.avg_pool2d
        ones = nn.functional.pad(torch.ones_like(maps[:1, :1]), self.rim)
        sums = pool(nn.functional.pad(maps, self.rim), self.size, self.stride)
        return sums / pool(ones, self.size, self.stride)

'''
_OURS = {"ChannelsLast": _CHANNELS_LAST, "SameAverage": _SAME_AVERAGE}


def modules(layers: Iterable[tuple[str, AnyLayer, Shape]]) -> Modules:
    """Gives all modules by their names in the network: conv1, conv1_relu, max_pool1, …

    Args:
        layers: name, layer and shape of its input, of each in order.
    """
    found: Modules = {}
    for name, layer, shape in layers:
        calls = torch_layers(layer, shape)
        own = next(
            index
            for index, call in enumerate(calls)
            if not call.name.endswith(("Pad2d", "ChannelsLast"))
        )
        for index, call in enumerate(calls):
            suffix = call.name.removeprefix("nn.").lower()
            found[name if index == own else f"{name}_{suffix}"] = call
    return found


def classes_of(found: Modules) -> str:
    """Writes the classes that the modules are of, where they aren't PyTorch's own."""
    kinds = {call.name for call in found.values()}
    return "".join(code for name, code in _OURS.items() if name in kinds)


def stack_of(found: Modules) -> str:
    """Writes `model = nn.Sequential(…)`."""
    stack = "".join(f'            ("{name}", {call}),\n' for name, call in found.items())
    return f"model = nn.Sequential(\n    OrderedDict(\n        [\n{stack}        ]\n    )\n)\n"
