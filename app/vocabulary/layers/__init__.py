"""Every layer there is, described once for recipe and engine: names, settings, shapes, weights.

Names, settings and defaults are Keras's.
"""

from .average_pool2d import AveragePool2D
from .batch_normalization import BatchNormalization
from .conv2d import Conv2D
from .dense import Dense
from .depthwise_conv2d import DepthwiseConv2D
from .dropout import Dropout
from .flatten import Flatten
from .global_average_pool2d import GlobalAveragePool2D
from .layer import Layer, Misfit, Shape, WeightSpec, Window
from .max_pool2d import MaxPool2D
from .pool2d import Pool2D

# In the order in which they are listed to whoever asks what there is.
AnyLayer = (
    Conv2D
    | DepthwiseConv2D
    | BatchNormalization
    | MaxPool2D
    | AveragePool2D
    | GlobalAveragePool2D
    | Flatten
    | Dense
    | Dropout
)

__all__ = [
    "AnyLayer",
    "AveragePool2D",
    "BatchNormalization",
    "Conv2D",
    "Dense",
    "DepthwiseConv2D",
    "Dropout",
    "Flatten",
    "GlobalAveragePool2D",
    "Layer",
    "MaxPool2D",
    "Misfit",
    "Pool2D",
    "Shape",
    "WeightSpec",
    "Window",
]
