"""What the page and the exports both say, so that a picture says it in the page's words."""

from typing import Final

COLOUR_MEANINGS: Final = {
    "weights": "White is 0. Orange adds, blue subtracts.",
    "light": "Gray is 0. Bright adds, dark subtracts.",
}
"""What colours stand for, where weights are of gray images and where they are of coloured light."""

STILL_NOISE: Final = "filters, still random noise."
ORIENTED: Final = "edges or lines"
