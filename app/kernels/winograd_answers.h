/* From the values of tiles to their answers: 36 products, and the transform back. */
#include "answers.h"
#include "winograd.h"

INLINE void multiply_block(const struct shape *shape, const float *values, const int32_t *tiles,
                           const float *kernel, float *products, const int count, const int parts) {
    const struct view view = {1, shape->channels, 1, 0};
    const long filters = whole_vectors(shape->filters);
    lanes answers[AT_ONCE * PARTS];
    convolve(view, values, tiles, kernel, 0, answers, count, parts);
#pragma GCC unroll 16
    for (int each = 0; each < count * parts; each++)
        STORE(products + each / parts * filters + each % parts * LANES, answers[each]);
}

/* A point's products (tiles, filters) of a block of filters. */
INLINE void multiply_tiles(const struct shape *shape, const float *values, const int32_t *tiles,
                           const float *kernel, float *products, long count, const int parts) {
    const long filters = whole_vectors(shape->filters);
    for (long first = 0, done; first < count; first += done) {
        float *to = products + first * filters;
        if (count - first >= AT_ONCE) {
            multiply_block(shape, values, tiles + first, kernel, to, done = AT_ONCE, parts);
        } else if (count - first >= AT_ONCE / 2) {
            multiply_block(shape, values, tiles + first, kernel, to, done = AT_ONCE / 2, parts);
        } else {
            multiply_block(shape, values, tiles + first, kernel, to, done = 1, parts);
        }
    }
}

static void multiply(const struct shape *shape, const float *values, const int32_t *tiles,
                     const float *turned, float *products, long count) {
    const long wide = whole_vectors(shape->channels), filters = whole_vectors(shape->filters);
    for (long point = 0; point < POINTS; point++) {
        for (long first = 0, parts; first < filters; first += parts * LANES) {
            parts = parts_at(shape, first);
            if (parts == 1)
                multiply_tiles(shape, values, tiles, turned, products + first, count, 1);
            else
                multiply_tiles(shape, values, tiles, turned, products + first, count, PARTS);
            turned += shape->channels * parts * LANES;
        }
        values += strip_tiles(shape) * wide;
        products += strip_tiles(shape) * filters;
    }
}

/* Write a tile's answers to a vector of filters, pooled if asked to; the first has `row`, `column`. */
INLINE void deliver(const struct shape *shape, const lanes answers[ANSWERED][ANSWERED], lanes bias,
                    long row, long column, float *outputs, uint8_t *winners, long filters) {
    const int pool = shape->pool;
    for (int down = 0; down < ANSWERED; down += pool)
        for (int across = 0; across < ANSWERED; across += pool) {
            const long line = (row + down) / pool, place = (column + across) / pool;
            if (line >= shape->rows || place >= shape->columns) continue;
            const long to = (line * shape->columns + place) * shape->filters;
            if (pool == 1) {
                store(outputs + to, rectified(shape, answers[down][across] + bias), filters);
                continue;
            }
            places winner;
            const lanes best = best_of(answers[down] + across, answers[down + 1] + across, 1, &winner);
            store(outputs + to, rectified(shape, best + bias), filters);
            store_winners(winners + to, winner, filters);
        }
}

/* Answers of some rows of tiles, the first of them `row`. */
static void answer_tiles(const struct shape *shape, const float *products, const float *bias,
                         long rows, long row, float *outputs, uint8_t *winners) {
    const long filters = whole_vectors(shape->filters), apart = strip_tiles(shape) * filters;
    for (long tile = 0; tile < rows * across_of(shape); tile++)
        for (long first = 0; first < filters; first += LANES) {
            lanes in[CUT][CUT], out[ANSWERED][ANSWERED];
            for (long point = 0; point < POINTS; point++)
                in[point / CUT][point % CUT]
                    = LOAD(products + point * apart + tile * filters + first);
            transform_back(in, out);
            deliver(shape, out, LOAD(bias + first), (row + tile / across_of(shape)) * ANSWERED,
                    tile % across_of(shape) * ANSWERED, outputs + first,
                    shape->pool == 1 ? winners : winners + first, shape->filters - first);
        }
}

static void winograd_forward(const struct shape *shape, long images, const float *inputs,
                             const float *kernel, const float *bias, float *outputs,
                             uint8_t *winners, float *scratch) {
    const long wide = whole_vectors(shape->channels), filters = whole_vectors(shape->filters);
    const long size = (long)shape->height * shape->width * shape->channels;
    const long whole = positions_of(shape) * shape->filters, tiles = strip_tiles(shape);
    float *turned = aligned(scratch), *canvas = turned + POINTS * shape->channels * filters;
    float *values = canvas + canvas_floats(shape), *products = values + POINTS * tiles * wide;
    float *biases = products + POINTS * tiles * filters;
    int32_t *offsets = (int32_t *)(biases + filters);
    for (long tile = 0; tile < tiles; tile++) offsets[tile] = (int32_t)(tile * wide);
    memcpy(biases, bias, sizeof(float) * shape->filters);
    transform_kernels(shape, kernel, turned);
    for (long number = 0; number < images; number++) {
        show(shape, inputs + number * size, canvas);
        for (long row = 0, rows; row < down_of(shape); row += rows) {
            rows = strip_rows(shape) < down_of(shape) - row ? strip_rows(shape) : down_of(shape) - row;
            cut(shape, canvas + row * ANSWERED * canvas_row(shape), rows, values);
            multiply(shape, values, offsets, turned, products, rows * across_of(shape));
            answer_tiles(shape, products, biases, rows, row, outputs, winners);
        }
        outputs += whole;
        if (shape->pool == 2) winners += whole;
    }
}
