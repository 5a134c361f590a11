/* The way forward of 3x3 kernels with a quarter of the multiplications: Lavin & Gray's F(4x4, 3x3). An
 * image's tiles become values, these are multiplied at each of 36 places, and answers come back. */
#include "answers.h"
#include "plain.h"
#include "transforms.h"

#define POINTS (CUT * CUT)
/* Tiles that are worked on at once: what is made of them stays in the second cache. */
#define TILES 48
/* Fewer channels, filters, or channels times filters, don't repay the transforms; nor do fewer tiles an
 * image, nor fewer in all, for which the kernels are transformed once a call. */
#define LEAST_CHANNELS 16
#define LEAST_FILTERS 8
#define LEAST_PAIRS 512
#define LEAST_TILES 9
#define LEAST_TILES_IN_ALL 16

INLINE long across_of(const struct shape *shape) {
    return ((long)shape->columns * shape->pool + ANSWERED - 1) / ANSWERED;
}

INLINE long down_of(const struct shape *shape) {
    return ((long)shape->rows * shape->pool + ANSWERED - 1) / ANSWERED;
}

/* Tells whether the transforms repay: enough to multiply, and few answers that nobody asked for. */
INLINE int by_winograd(const struct shape *shape, int64_t images) {
    const long answers = positions_of(shape) * shape->pool * shape->pool;
    const long tiles = across_of(shape) * down_of(shape);
    return shape->size == SIDE && shape->strides == 1 && shape->channels >= LEAST_CHANNELS
           && shape->filters >= LEAST_FILTERS
           && (long)shape->channels * shape->filters >= LEAST_PAIRS && tiles >= LEAST_TILES
           && images * tiles >= LEAST_TILES_IN_ALL && 4 * answers >= 3 * ANSWERED * ANSWERED * tiles;
}

/* Rows of tiles at once, and tiles in them. */
INLINE long strip_rows(const struct shape *shape) {
    const long rows = TILES / across_of(shape);
    return rows < 1 ? 1 : rows < down_of(shape) ? rows : down_of(shape);
}

INLINE long strip_tiles(const struct shape *shape) { return strip_rows(shape) * across_of(shape); }

INLINE long whole_vectors(long numbers) { return (numbers + LANES - 1) / LANES * LANES; }

/* An image's canvas: all tiles whole, zeros beyond the image and beyond its last channel. */
INLINE long canvas_row(const struct shape *shape) {
    return (across_of(shape) * ANSWERED + CUT - ANSWERED) * whole_vectors(shape->channels);
}

INLINE long canvas_floats(const struct shape *shape) {
    return (down_of(shape) * ANSWERED + CUT - ANSWERED) * canvas_row(shape);
}

INLINE int64_t winograd_floats(const struct shape *shape) {
    const long channels = whole_vectors(shape->channels), filters = whole_vectors(shape->filters);
    return (long)POINTS * (shape->channels * filters + strip_tiles(shape) * (channels + filters))
           + canvas_floats(shape) + filters + strip_tiles(shape) + LINE;
}

/* All points of a kernel by point and block of filters: (36, blocks; channels, parts, LANES). */
static void transform_kernels(const struct shape *shape, const float *kernel, float *turned) {
    const long filters = whole_vectors(shape->filters), channels = shape->channels;
    for (long first = 0; first < shape->filters; first += LANES) {
        const long parts = parts_at(shape, first / (PARTS * LANES) * PARTS * LANES);
        const long some = shape->filters - first < LANES ? shape->filters - first : LANES;
        float *to = turned + first / (PARTS * LANES) * PARTS * LANES * channels
                    + first % (PARTS * LANES);
        for (long channel = 0; channel < channels; channel++, to += parts * LANES) {
            lanes in[SIDE][SIDE], out[CUT][CUT];
            for (long place = 0; place < SIDE * SIDE; place++) {
                lanes weights = {0};
                memcpy(&weights, kernel + (place * channels + channel) * shape->filters + first,
                       sizeof(float) * some);
                in[place / SIDE][place % SIDE] = weights;
            }
            transform_kernel(in, out);
            for (long point = 0; point < POINTS; point++)
                STORE(to + point * channels * filters, out[point / CUT][point % CUT]);
        }
    }
}

/* Put an image on its canvas, as far as tiles see it. */
static void show(const struct shape *shape, const float *image, float *canvas) {
    const long wide = whole_vectors(shape->channels), row = canvas_row(shape);
    const long down = canvas_floats(shape) / row - shape->top, across = row / wide - shape->left;
    const long rows = shape->height < down ? shape->height : down;
    const long columns = shape->width < across ? shape->width : across;
    for (long line = 0; line < rows; line++)
        for (long column = 0; column < columns; column++)
            memcpy(canvas + (line + shape->top) * row + (column + shape->left) * wide,
                   image + (line * shape->width + column) * shape->channels,
                   sizeof(float) * shape->channels);
}

/* The values (36, strip's tiles, channels) of some tiles, the first row of them at `canvas`. */
static void cut(const struct shape *shape, const float *canvas, long rows, float *values) {
    const long wide = whole_vectors(shape->channels), row = canvas_row(shape);
    const long point_apart = strip_tiles(shape) * wide;
    for (long tile = 0; tile < rows * across_of(shape); tile++) {
        const float *from = canvas + tile / across_of(shape) * ANSWERED * row
                            + tile % across_of(shape) * ANSWERED * wide;
        for (long first = 0; first < wide; first += LANES) {
            lanes in[CUT][CUT], out[CUT][CUT];
            for (long point = 0; point < POINTS; point++)
                in[point / CUT][point % CUT]
                    = LOAD(from + point / CUT * row + point % CUT * wide + first);
            transform_inputs(in, out);
            for (long point = 0; point < POINTS; point++)
                STORE(values + point * point_apart + tile * wide + first,
                      out[point / CUT][point % CUT]);
        }
    }
}
