"""The layers a network can be made of, named as in Keras, one a file on one skeleton."""

from app.engine.layers.average_pool2d import AveragePool2D
from app.engine.layers.conv2d import Conv2D
from app.engine.layers.dense import Dense
from app.engine.layers.dropout import Dropout
from app.engine.layers.flatten import Flatten
from app.engine.layers.global_average_pool2d import GlobalAveragePool2D
from app.engine.layers.layer import Layer
from app.engine.layers.max_pool2d import MaxPool2D

__all__ = [
    "AveragePool2D",
    "Conv2D",
    "Dense",
    "Dropout",
    "Flatten",
    "GlobalAveragePool2D",
    "Layer",
    "MaxPool2D",
]
