"""The page's charts as files: described once, then written as SVG or painted as PNG."""

from app.export.charts.bands import bands_chart
from app.export.charts.curves import curves_chart
from app.export.charts.drawing import Drawing
from app.export.charts.png import painted
from app.export.charts.svg import written
from app.export.material import Material, Wish

__all__ = ["chart", "painted", "written"]


def chart(material: Material, wish: Wish) -> Drawing:
    """The chart that `wish.view` names.

    Raises:
        Refused: the run has nothing that such a chart could show.
    """
    if wish.view == "labels":
        return bands_chart(material, wish.width)
    return curves_chart(material, "accuracy" if wish.view == "accuracy" else "loss", wish.width)
