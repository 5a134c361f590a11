"""Layers on odd shapes, for the tests that every layer must pass."""

from typing import NamedTuple

from app.vocabulary.layers import (
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


class LayerCase(NamedTuple):
    """A layer, the shape of one image before it, and a name to print."""

    name: str
    layer: Layer
    input_shape: tuple[int, ...]


LAYER_CASES = [
    LayerCase("conv 3 valid", Conv2D(4, 3), (5, 7, 2)),
    LayerCase("conv 3 valid relu", Conv2D(4, 3, activation="relu"), (5, 7, 2)),
    LayerCase("conv 3 same tanh", Conv2D(3, 3, padding="same", activation="tanh"), (4, 5, 1)),
    LayerCase("conv 2 same sigmoid", Conv2D(3, 2, padding="same", activation="sigmoid"), (5, 4, 2)),
    LayerCase("conv 4 stride 2 same", Conv2D(2, 4, 2, "same"), (7, 6, 3)),
    LayerCase("conv 5 stride 3 valid", Conv2D(2, 5, 3), (9, 12, 1)),
    LayerCase("conv 1 stride 2", Conv2D(5, 1, 2), (5, 5, 3)),
    LayerCase("conv 3 stride 4 beyond its kernel", Conv2D(2, 3, 4, "same"), (9, 7, 2)),
    LayerCase("conv 11 as large as the image", Conv2D(2, 11, padding="valid"), (11, 11, 1)),
    LayerCase("conv 6 same on a smaller image", Conv2D(2, 6, padding="same"), (4, 5, 2)),
    LayerCase("depthwise 3 valid", DepthwiseConv2D(3), (5, 6, 3)),
    LayerCase("depthwise 3 twice relu", DepthwiseConv2D(3, 2, "same", 2, "relu"), (6, 5, 2)),
    LayerCase("depthwise 4 same tanh", DepthwiseConv2D(4, 1, "same", 3, "tanh"), (5, 4, 1)),
    LayerCase("depthwise 2 beyond its kernel", DepthwiseConv2D(2, 3), (8, 7, 2)),
    LayerCase("dense", Dense(4), (6,)),
    LayerCase("dense relu", Dense(4, activation="relu"), (6,)),
    LayerCase("dense tanh", Dense(3, activation="tanh"), (5,)),
    LayerCase("max pool 2", MaxPool2D(), (6, 4, 3)),
    LayerCase("max pool 2 leaving a row over", MaxPool2D(2), (7, 5, 2)),
    LayerCase("max pool 3 stride 2", MaxPool2D(3, 2), (7, 9, 2)),
    LayerCase("max pool 3 stride 2 same", MaxPool2D(3, 2, "same"), (6, 5, 2)),
    LayerCase("max pool 2 stride 3", MaxPool2D(2, 3), (8, 5, 2)),
    LayerCase("average pool 2", AveragePool2D(), (4, 6, 3)),
    LayerCase("average pool 3 stride 2 same", AveragePool2D(3, 2, "same"), (6, 5, 2)),
    LayerCase("average pool 2 stride 1", AveragePool2D(2, 1), (4, 3, 1)),
    LayerCase("global average pool", GlobalAveragePool2D(), (3, 5, 4)),
    LayerCase("batch normalisation", BatchNormalization(), (4, 3, 5)),
    LayerCase("batch normalisation of vectors", BatchNormalization(epsilon=0.1), (6,)),
    LayerCase("batch normalisation, shift alone", BatchNormalization(scale=False), (2, 3, 2)),
    LayerCase("batch normalisation, scale alone", BatchNormalization(center=False), (2, 3, 2)),
    LayerCase("flatten", Flatten(), (3, 2, 4)),
    LayerCase("dropout", Dropout(0.4), (3, 4, 2)),
]
