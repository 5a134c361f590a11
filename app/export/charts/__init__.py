"""The page's charts as files: described once, then written as SVG or painted as PNG."""

from ..material import Material, Wish
from .bands import bands_chart
from .curves import curves_chart
from .drawing import Drawing
from .png import painted
from .svg import written

__all__ = ["chart", "painted", "written"]


def chart(material: Material, wish: Wish) -> Drawing:
    """The chart that `wish.view` names.

    Raises:
        Refused: the run has nothing that such a chart could show.
    """
    if wish.view == "labels":
        return bands_chart(material, wish.width)
    return curves_chart(material, "accuracy" if wish.view == "accuracy" else "loss", wish.width)
