"""Carries layers out on images and gradients, one a file; `app.vocabulary` describes them."""

from collections.abc import Callable
from typing import Any

from ...vocabulary.layers import (
    AveragePool2D,
    BatchNormalization,
    Conv2D,
    Dense,
    DepthwiseConv2D,
    Dropout,
    Flatten,
    GlobalAveragePool2D,
    Layer,
    MaxPool2D,
)
from .average_pool2d import AveragePoolPass
from .batch_normalization import BatchNormalizationPass
from .conv2d import ConvolutionPass, PooledConv2D, pooled
from .dense import DensePass
from .depthwise_conv2d import DepthwiseConvolutionPass
from .dropout import DropoutPass
from .flatten import FlattenPass
from .global_average_pool2d import GlobalAveragePoolPass
from .layer_pass import Pass, Setting, inference_setting
from .max_pool2d import MaxPoolPass

PASSES: dict[type[Layer], Callable[[Any, Setting], Pass]] = {
    AveragePool2D: AveragePoolPass,
    BatchNormalization: BatchNormalizationPass,
    Conv2D: ConvolutionPass,
    PooledConv2D: ConvolutionPass,
    Dense: DensePass,
    DepthwiseConv2D: DepthwiseConvolutionPass,
    Dropout: DropoutPass,
    Flatten: FlattenPass,
    GlobalAveragePool2D: GlobalAveragePoolPass,
    MaxPool2D: MaxPoolPass,
}


def prepare(layer: Layer, setting: Setting) -> Pass:
    """Allocates what a pass of the layer needs, once."""
    return PASSES[type(layer)](layer, setting)


__all__ = ["PASSES", "Pass", "Setting", "inference_setting", "pooled", "prepare"]
