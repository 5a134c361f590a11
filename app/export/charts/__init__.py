"""The page's charts as files: described once, then written as SVG or painted as PNG."""

from ..material import ExportRequest, Material
from .bands import bands_chart
from .curves import curves_chart
from .drawing import Drawing
from .png import painted
from .svg import written

__all__ = ["chart", "painted", "written"]


def chart(material: Material, wanted: ExportRequest) -> Drawing:
    """Draws the chart that `wanted.view` names.

    Raises:
        Refused: the run has nothing that such a chart could show.
    """
    if wanted.view == "labels":
        return bands_chart(material, wanted.width)
    return curves_chart(material, "accuracy" if wanted.view == "accuracy" else "loss", wanted.width)
