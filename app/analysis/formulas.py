"""The formulas of the initialisers as MathML, which every browser typesets by itself."""

from ..engine.initializers import VarianceScaling

_FAN_IN = "<mi>fan_in</mi>"
_FAN_SUM = "<mrow><mi>fan_in</mi><mo>+</mo><mi>fan_out</mi></mrow>"


def mathml_of(initializer: VarianceScaling) -> str:
    """Writes L = √(6 / (fan_in + fan_out)) and its kin, a `math` element.

    A uniform draw is told by its bound L, a cut-off normal one by its deviation σ = L / √3.
    """
    is_uniform = initializer.distribution == "uniform"
    symbol, times = ("L", 3) if is_uniform else ("σ", 1)
    if initializer.mode == "fan_in":
        numerator, fan = times * initializer.scale, _FAN_IN
    else:
        numerator, fan = 2 * times * initializer.scale, _FAN_SUM
    return (
        '<math xmlns="http://www.w3.org/1998/Math/MathML" display="block">'
        f"<mi>{symbol}</mi><mo>=</mo><msqrt><mfrac><mn>{numerator:g}</mn>{fan}</mfrac></msqrt>"
        "</math>"
    )
