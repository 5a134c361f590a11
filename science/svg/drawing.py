"""An SVG drawing: shapes in reading order on a paper that follows the reader's theme."""

from collections.abc import Iterable, Sequence
from html import escape

from science.svg.theme import STYLE

Point = tuple[float, float]


class Drawing:
    """Collects shapes; `render` gives the file. Coordinates are pixels from the top left.

    Colours are told by class names, which `science.svg.theme` knows in both themes.
    """

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.height = height
        self._shapes: list[str] = []

    def text(
        self, x: float, y: float, text: str, kind: str = "hint", anchor: str = "start"
    ) -> None:
        """Draws a line of text; `anchor` is start, middle or end."""
        self._add(
            f'<text x="{_number(x)}" y="{_number(y)}" class="{kind}" text-anchor="{anchor}">'
            f"{escape(text, quote=False)}</text>"
        )

    def sideways_text(self, x: float, y: float, text: str, kind: str = "hint") -> None:
        """Draws a line of text that reads upwards, centred at (x, y)."""
        place = f"translate({_number(x)} {_number(y)}) rotate(-90)"
        self._add(
            f'<text transform="{place}" class="{kind}" text-anchor="middle">'
            f"{escape(text, quote=False)}</text>"
        )

    def line(self, start: Point, end: Point, kind: str) -> None:
        """Draws a straight line."""
        self.path([start, end], kind)

    def path(self, points: Sequence[Point], kind: str) -> None:
        """Draws straight lines from point to point."""
        self._add(f'<path class="{kind}" d="{_through(points)}"/>')

    def area(self, points: Sequence[Point], kind: str) -> None:
        """Draws a closed and filled outline."""
        self._add(f'<path class="{kind}" d="{_through(points)}Z"/>')

    def dots(self, points: Iterable[Point], kind: str, radius: float = 2.2) -> None:
        """Draws a filled circle at each point."""
        circles = "".join(
            f'<circle cx="{_number(x)}" cy="{_number(y)}" r="{_number(radius)}"/>'
            for x, y in points
        )
        self._add(f'<g class="{kind}">{circles}</g>')

    def render(self, title: str, description: str) -> str:
        """Makes the whole file; `title` and `description` are what a screen reader says."""
        size = f'width="{self.width}" height="{self.height}"'
        view = f'viewBox="0 0 {self.width} {self.height}"'
        named = 'role="img" aria-labelledby="title description"'
        lines = [
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} {view} {named}>',
            f'<title id="title">{escape(title)}</title>',
            f'<desc id="description">{escape(description)}</desc>',
            f"<style>{STYLE}</style>",
            f'<rect class="paper" {size} rx="8"/>',
            *self._shapes,
            "</svg>",
        ]
        return "\n".join(lines) + "\n"

    def _add(self, shape: str) -> None:
        self._shapes.append(shape)


def _through(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{_number(x)} {_number(y)}" for x, y in points)


def _number(value: float) -> str:
    """Writes a number to a tenth of a pixel, which is more than one sees."""
    return f"{value:.1f}".removesuffix(".0")
