"""Initialisers as the interface tells them."""

from pydantic import Field

from .exchanged import Exchanged
from .history import TypedArray


class InitializerFormula(Exchanged):
    """An initialiser and what it draws: a uniform's bound L, or a cut normal's deviation σ."""

    name: str = Field(examples=["glorot_uniform"])
    distribution: str = Field(examples=["uniform"])
    formula: str = Field(examples=["L = √(6 / (fan_in + fan_out)), W ~ U(−L, L)"])
    mathml: str = Field(description="the formula as a `math` element")


class InitializerList(Exchanged):
    """All initialisers."""

    initializers: list[InitializerFormula]


class MeasuredSample(Exchanged):
    """What the drawn weights turned out to be."""

    min: float
    max: float
    mean: float
    std: float


class WrongAnswer(Exchanged):
    """A bound that is often read and is not the one."""

    formula: str
    bound: float
    is_wrong: bool
    sentence: str


class InitializerAnswer(InitializerFormula):
    """What an initialiser does to kernels of one shape.

    `bound` is the largest |weight| there can be, `standard_deviation` that of the weights drawn.
    """

    shape: list[int]
    seed: int
    fan_in: int = Field(examples=[9])
    fan_out: int = Field(examples=[288])
    bound: float = Field(examples=[0.1421])
    standard_deviation: float
    sample: TypedArray
    measured: MeasuredSample
    wrong_answer: WrongAnswer | None


class StartFitAnswer(Exchanged):
    """An initialiser that first weights were compared with.

    `p` is how often its own draws lie as far from it as these weights do, or further.
    """

    name: str = Field(examples=["he_normal"])
    distribution: str = Field(examples=["truncated_normal"])
    deviation: float
    p: float = Field(ge=0, le=1)


class FirstWeightsAnswer(Exchanged):
    """A layer's weights at frame 0, held against the known initialisers.

    `fits` are those that may have drawn them, the likeliest first; none does where it is empty, and
    `nearest` is then the one that comes nearest.
    """

    step: int
    layer: str = Field(examples=["conv1"])
    shape: list[int]
    fan_in: int
    fan_out: int
    mean: float
    standard_deviation: float
    fits: list[StartFitAnswer]
    nearest: StartFitAnswer
    sentence: str = Field(examples=["This start fits he_normal, fan_in 27: p = .40."])
