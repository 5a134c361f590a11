"""Which algorithm computes which shape."""

from app.engine.convolution.convolution import Convolution
from app.engine.convolution.geometry import Geometry
from app.engine.convolution.patches import Patches


def choose(geometry: Geometry) -> type[Convolution]:
    """The fastest algorithm known for a geometry."""
    return Patches
