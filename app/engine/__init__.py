"""A small convolutional network with Keras's names and numbers, in NumPy alone."""

from .initializers import INITIALIZERS
from .network import Network
from .optimizers import SGD, Adadelta, Adam, AdamW, Optimizer, RMSprop
from .plan import ParallelPlan
from .schedules import ConstantSchedule, LinearSchedule, Rate, Schedule
from .sparse_code import SparseCoder

__all__ = [
    "INITIALIZERS",
    "SGD",
    "Adadelta",
    "Adam",
    "AdamW",
    "ConstantSchedule",
    "LinearSchedule",
    "Network",
    "Optimizer",
    "ParallelPlan",
    "RMSprop",
    "Rate",
    "Schedule",
    "SparseCoder",
]
