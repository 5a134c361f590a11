"""Initialisers as the interface tells them."""

from pydantic import BaseModel, Field

from .history import TypedArray


class InitializerFormula(BaseModel):
    """An initialiser and what it draws: a uniform's bound L, or a cut normal's deviation σ."""

    name: str = Field(examples=["glorot_uniform"])
    distribution: str = Field(examples=["uniform"])
    formula: str = Field(examples=["L = √(6 / (fan_in + fan_out)), W ~ U(−L, L)"])
    mathml: str = Field(description="the formula as a `math` element")


class InitializerList(BaseModel):
    """All initialisers."""

    initializers: list[InitializerFormula]


class MeasuredSample(BaseModel):
    """What the drawn weights turned out to be."""

    min: float
    max: float
    mean: float
    std: float


class WrongAnswer(BaseModel):
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
