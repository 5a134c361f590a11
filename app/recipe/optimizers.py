"""The optimisers a recipe can name: Keras's definitions and defaults, but a rate always said."""

from typing import Annotated, Literal

from pydantic import Field

from .model import Model

LearningRate = Annotated[float, Field(ge=0, le=1000)]
Rate = Annotated[float, Field(ge=0, lt=1)]
Epsilon = Annotated[float, Field(gt=0, le=1)]


class _Optimizer(Model):
    learning_rate: LearningRate
    schedule: Literal["constant", "linear"] = "constant"


class SGD(_Optimizer):
    """Gradient descent, with (Nesterov) momentum if asked."""

    type: Literal["sgd"] = "sgd"
    momentum: Rate = 0.0
    nesterov: bool = False


class RMSprop(_Optimizer):
    """Divides by a running root mean square of the gradient (Tieleman & Hinton 2012)."""

    type: Literal["rmsprop"] = "rmsprop"
    rho: Rate = 0.9
    momentum: Rate = 0.0
    epsilon: Epsilon = 1e-7


class Adam(_Optimizer):
    """Adaptive moments (Kingma & Ba 2015)."""

    type: Literal["adam"] = "adam"
    beta_1: Rate = 0.9
    beta_2: Rate = 0.999
    epsilon: Epsilon = 1e-7


class AdamW(_Optimizer):
    """Adam with decoupled weight decay (Loshchilov & Hutter 2019)."""

    type: Literal["adamw"] = "adamw"
    beta_1: Rate = 0.9
    beta_2: Rate = 0.999
    epsilon: Epsilon = 1e-7
    weight_decay: float = Field(0.004, ge=0, le=10)


class Adadelta(_Optimizer):
    """Steps in the units of the weights themselves (Zeiler 2012)."""

    type: Literal["adadelta"] = "adadelta"
    rho: Rate = 0.95
    epsilon: Epsilon = 1e-7


Optimizer = Annotated[SGD | RMSprop | Adam | AdamW | Adadelta, Field(discriminator="type")]
