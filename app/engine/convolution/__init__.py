"""Ways to compute one convolution, and the table that picks among them by shape."""

from app.engine.convolution.chooser import choose, convolution_for
from app.engine.convolution.convolution import Convolution, Winners
from app.engine.convolution.geometry import Geometry

__all__ = ["Convolution", "Geometry", "Winners", "choose", "convolution_for"]
