"""A network in PyTorch, to load weights into: the stack alone, which takes pixels as they are."""

from collections.abc import Sequence

from ..vocabulary.layers import AnyLayer, Shape
from .call import Call
from .script import with_inputs
from .torch_stack import Modules, classes_of, modules, stack_of

_PIXEL_ORDER = '''
class PixelOrder(nn.Module):
    """Puts pixels in one fixed order, the same for every picture."""

    def __init__(self, places):
        super().__init__()
        self.register_buffer("order", torch.arange(places))

    def forward(self, pixels):
        return pixels.flatten(2)[:, :, self.order].reshape(pixels.shape)

'''
_SCALING = '''
class Scaling(nn.Module):
    """Makes of pixels from 0 to 255 what the first layer was trained on."""

    def __init__(self, channels):
        super().__init__()
        self.register_buffer("mean", torch.zeros(channels))
        self.register_buffer("factor", torch.ones(()))

    def forward(self, pixels):
        return (pixels - self.mean.view(-1, 1, 1)) * self.factor

'''
_LOCAL_CONTRAST = '''
class LocalContrast(nn.Module):
    """Keeps what stands out from its surroundings, as strong as the whole picture's contrast."""

    def __init__(self, height, width, least):
        super().__init__()
        self.register_buffer("rows", torch.eye(height))
        self.register_buffer("columns", torch.eye(width))
        self.least = least

    def forward(self, pixels):
        x = pixels / 255
        standing_out = x - self.rows @ x @ self.columns.T
        deviation = standing_out.std((1, 2, 3), correction=0, keepdim=True)
        return standing_out / (deviation + self.least)

'''
_OURS = {"PixelOrder": _PIXEL_ORDER, "Scaling": _SCALING, "LocalContrast": _LOCAL_CONTRAST}


def torch_network(
    layers: Sequence[AnyLayer], shape: tuple[int, int, int], scaling: Call | None, shuffled: bool
) -> str:
    """Writes a module with a `model`, whose state the weights are.

    Args:
        layers: in order, the first for pictures of `shape`: height, width, channels.
        scaling: what is done to pixels first; None where the pictures come as the layers take them.
        shuffled: whether pixels are put in another order before.
    """
    before: Modules = {}
    if shuffled:
        before["pixel_order"] = Call("PixelOrder", shape[0] * shape[1])
    if scaling is not None:
        before["scaling"] = scaling
    found = before | modules(with_inputs(layers, shape))
    ours = "".join(_OURS[call.name] for call in before.values())
    takes = "pixels from 0 to 255" if scaling else "pictures as its program prepared them"
    height, width, channels = shape
    return (
        f'"""Takes {takes}, float32 (n, {channels}, {height}, {width}), and gives logits.\n\n'
        "    model.load_state_dict(torch.load(FILE, weights_only=True))\n"
        '    model.eval()\n"""\n\n'
        "from collections import OrderedDict\n\nimport torch\nfrom torch import nn\n\n"
        f"{ours}{classes_of(found)}\n{stack_of(found)}"
    )


def scaling_call(shape: Shape, least: float | None) -> Call:
    """Calls the module that scales pixels: with `least`, the smallest contrast, the local one."""
    if least is None:
        return Call("Scaling", shape[2])
    return Call("LocalContrast", shape[0], shape[1], least)
