"""Filters as pixels, painted by the page's modules into the browser's own images."""

import pytest

pytestmark = pytest.mark.browser


def test_widened_filters_keep_their_pixels_and_the_gaps_stay_empty(screen):
    row = screen.module(
        "kernels/columns.js",
        """(() => {
            const atlas = new ImageData(new Uint8ClampedArray(new Uint32Array(a).buffer), 4, 2);
            const fit = { columns: 2, width: 2, gapX: 1 };
            const wide = new ImageData(10, 2);
            m.widen(atlas, m.sourcesOf(fit, 2, 2, 10), wide);
            return [...new Uint32Array(wide.data.buffer)];
        })()""",
        [1, 2, 3, 4, 5, 6, 7, 8],
    )
    assert row[:10] == [1, 1, 2, 2, 0, 0, 3, 3, 4, 4]
    assert row[10:] == [5, 5, 6, 6, 0, 0, 7, 7, 8, 8]


def test_a_second_picture_on_the_same_paper_leaves_nothing_of_the_first(screen):
    painted = screen.module(
        "kernels/atlas.js",
        """(() => {
            const shape = [1, 1, 2, 2];
            const paper = m.emptyAtlas(shape, 1);
            const paint = (weights, image) => {
                const kernel = { shape, weights: new Float32Array(weights) };
                return [...m.paintAtlas(kernel, () => 1, 1, image).data];
            };
            paint(a[0], paper);
            return [paint(a[1], paper), paint(a[1])];
        })()""",
        [[1, -1, 1, -1], [0, 0.5, -0.5, 0.25]],
    )
    assert painted[0] == painted[1]


@pytest.mark.parametrize("channels", [1, 3])
def test_where_a_last_row_has_no_filters_nothing_is_painted(screen, channels):
    opacity = screen.module(
        "kernels/atlas.js",
        """(() => {
            const shape = [1, 1, a, 3];
            const kernel = { shape, weights: new Float32Array(3 * a) };
            const { data } = m.paintAtlas(kernel, () => 1, 2);
            return [...data].filter((_, at) => at % 4 === 3);
        })()""",
        channels,
    )
    assert opacity == [255, 255, 255, 0]
