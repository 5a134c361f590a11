"""The layers a network can be made of, named as in Keras, one a file on one skeleton."""

from .average_pool2d import AveragePool2D
from .conv2d import Conv2D
from .dense import Dense
from .dropout import Dropout
from .flatten import Flatten
from .global_average_pool2d import GlobalAveragePool2D
from .layer import Layer
from .max_pool2d import MaxPool2D

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
