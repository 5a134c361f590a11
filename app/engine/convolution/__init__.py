"""Ways to compute one convolution, and the table that picks among them by shape."""

from .chooser import choose, convolution_for
from .convolution import Convolution
from .geometry import Geometry

__all__ = ["Convolution", "Geometry", "choose", "convolution_for"]
