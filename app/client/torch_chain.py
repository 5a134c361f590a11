"""A plain `nn.Sequential` as a recipe writes it, and its weights in that order."""

from __future__ import annotations

from typing import Any

from .chain import Chain, Link, NotExact
from .torch_kernels import Turned, rows_turned, turned, weight_of
from .torch_layers import kind_of, layers_of, watched
from .watched_network import WatchedLayer

Shape = tuple[int, ...]
_ACTIVATIONS = {"ReLU": "relu", "Tanh": "tanh", "Sigmoid": "sigmoid"}
_PROBABILITIES = ("Softmax", "LogSoftmax")


def chain_of(model: Any, input_shape: Shape | None) -> tuple[dict[str, Any], list[WatchedLayer]]:
    """Gives a model as a recipe's network, and its layers one for one.

    Args:
        input_shape: height, width, channels; without it nobody knows what Flatten flattens.

    Raises NotExact where a recipe can't say just the same.
    """
    from torch import nn

    if input_shape is None or type(model) is not nn.Sequential:
        raise NotExact
    chain = Chain(input_shape)
    paths = {id(module): path for path, module in model.named_modules()}
    modules = [module for module in _flat(model) if not isinstance(module, nn.Identity)]
    if len({id(module) for module in modules}) != len(modules):
        raise NotExact  # one module used twice
    _put(chain, modules)
    told = {layer.told["title"]: layer for layer in layers_of(model)}
    layers = [_layer(link, paths.get(id(link.owner), ""), told) for link in chain.links]
    return chain.as_network(), layers


def _flat(model: Any) -> list[Any]:
    """Lists the modules inside Sequentials inside Sequentials, in order."""
    from torch import nn

    return [
        part
        for module in model
        for part in (_flat(module) if type(module) is nn.Sequential else [module])
    ]


def _put(chain: Chain, modules: list[Any]) -> None:
    from torch import nn

    skipped = False
    for index, module in enumerate(modules):
        name = type(module).__name__
        if skipped:
            skipped = False
        elif isinstance(module, nn.AdaptiveAvgPool2d):
            following = modules[index + 1 : index + 2]
            if module.output_size not in (1, (1, 1)) or not _flattens(following):
                raise NotExact
            chain.global_average()
            skipped = True
        elif name in _ACTIVATIONS:
            chain.activation(_ACTIVATIONS[name])
        elif name in _PROBABILITIES and index == len(modules) - 1 and module.dim in (1, -1):
            chain.activation("softmax")
        elif isinstance(module, nn.Flatten) and _flattens([module]):
            chain.flatten()
        elif isinstance(module, nn.Dropout):
            chain.dropout(module.p)
        elif isinstance(module, nn.MaxPool2d | nn.AvgPool2d):
            _pool(chain, module)
        elif isinstance(module, nn.BatchNorm2d | nn.BatchNorm1d):
            _normalization(chain, module)
        else:
            _weighted(chain, module)


def _flattens(modules: list[Any]) -> bool:
    from torch import nn

    return bool(modules) and (
        isinstance(modules[0], nn.Flatten)
        and (modules[0].start_dim, modules[0].end_dim) in ((1, -1), (1, 3))
    )


def _weighted(chain: Chain, module: Any) -> None:
    kind = kind_of(module)
    if kind == "dense":
        return chain.dense(module, module.in_features, module.out_features)
    is_depthwise = kind == "depthwise_conv2d"
    if kind not in ("conv2d", "depthwise_conv2d") or module.padding_mode != "zeros":
        raise NotExact
    if _pair(module.dilation) != (1, 1) or (module.groups != 1 and not is_depthwise):
        raise NotExact
    outputs = module.out_channels
    return chain.convolution(
        module,
        kind,
        _pair(module.kernel_size),
        _pair(module.stride),
        _pairs(module.padding),
        outputs // module.in_channels if is_depthwise else outputs,
    )


def _pool(chain: Chain, module: Any) -> None:
    is_max = type(module).__name__ == "MaxPool2d"
    padding = _pairs(module.padding)
    if is_max and (_pair(module.dilation) != (1, 1) or module.return_indices):
        raise NotExact
    if not is_max and (
        module.divisor_override or (padding != "valid" and module.count_include_pad)
    ):
        raise NotExact
    kind = "max_pool2d" if is_max else "average_pool2d"
    stride = module.kernel_size if module.stride is None else module.stride
    sizes = _pair(module.kernel_size), _pair(stride)
    chain.pool(kind, *sizes, padding, rounds_up=module.ceil_mode)


def _normalization(chain: Chain, module: Any) -> None:
    if module.momentum is None or module.running_mean is None:
        raise NotExact
    is_affine = module.weight is not None
    momentum = round(1 - module.momentum, 12)
    said = {"momentum": momentum, "epsilon": module.eps, "center": is_affine, "scale": is_affine}
    chain.normalization(module, **said)


def _pair(sizes: Any) -> Shape:
    return (sizes, sizes) if isinstance(sizes, int) else tuple(sizes)


def _pairs(padding: Any) -> str | list[list[int]]:
    if isinstance(padding, str):
        return padding
    sides = _pair(padding)
    return [[side, side] for side in sides] if any(sides) else "valid"


def _layer(link: Link, path: str, told: dict[str, WatchedLayer]) -> WatchedLayer:
    kind = link.layer["type"]
    module = link.owner
    activation = link.layer.get("activation")
    if kind == "batch_normalization":
        if link.flattened:
            raise NotExact  # its channels lie in another order
        return watched({"title": path, "kind": kind}, module, lambda: _averages(module))
    if module is None:
        return watched({"title": kind, "kind": kind}, None, list)
    return watched(
        {**told[path].told, "activation": activation, "bias": True},
        module,
        lambda: _weights(module, kind, link.flattened),
    )


def _weights(module: Any, kind: str, flattened: Shape | None) -> list[tuple[str, Turned]]:
    weight = weight_of(module)
    kernel = rows_turned(weight, flattened) if flattened else turned(module, weight, kind)
    bias = module.bias if module.bias is not None else weight.new_zeros(weight.shape[0])
    return [("kernel", kernel), ("bias", Turned(bias, tuple(bias.shape)))]


def _averages(module: Any) -> list[tuple[str, Turned]]:
    named = {
        "gamma": module.weight,
        "beta": module.bias,
        "moving_mean": module.running_mean,
        "moving_variance": module.running_var,
    }
    return [(name, Turned(t, tuple(t.shape))) for name, t in named.items() if t is not None]
