"""Layers of a known network, each with all the weights that a recipe's layer has."""

from collections.abc import Mapping

from ..client.chain import Link, NotExact
from ..external.registration import RegisteredLayer
from .contents import FoundLayer
from .keras_roles import averages
from .keras_stored import StoredLayer
from .shapeless import no_kernel, zeros


def linked_layer(
    link: Link, found: Mapping[str, FoundLayer], stored: Mapping[str, StoredLayer]
) -> FoundLayer:
    """Returns a layer of a chain with its weights, those that a recipe's always has among them.

    Raises NotExact where an array of it isn't there.
    """
    kind = link.layer["type"]
    if link.owner is None:
        return FoundLayer(RegisteredLayer(title=kind, kind=kind), no_kernel)
    title = link.owner.title
    if kind == "batch_normalization":
        if title not in stored:
            raise NotExact
        flags = {name: link.layer[name] for name in ("scale", "center")}
        reads = averages(stored[title], **flags)
        if len(reads) != 2 + sum(flags.values()):
            raise NotExact
        return FoundLayer(RegisteredLayer(title=title, kind=kind), no_kernel, None, reads)
    layer = found[title]
    said = {"activation": link.layer.get("activation", "linear"), "bias": True}
    outputs = layer.shape[-1] * (layer.shape[-2] if kind == "depthwise_conv2d" else 1)
    described = layer.described.model_copy(update=said)
    return FoundLayer(described, layer.kernel, layer.bias or zeros(outputs))
