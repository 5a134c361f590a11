/* A convolution and the 2 x 2 max-pooling after it, read where the images lie: filters are side by
 * side in a vector, and four answers are in registers until the largest of them is written. */
#include "answers.h"
#include "plain.h"
#include "winograd_answers.h"

/* `across` pooled answers, one beside the other, of a block of filters. */
INLINE void pool(const struct shape *shape, const float *window, const struct block *block,
                 long to, const int across, const int parts) {
    const long step = (long)shape->strides * shape->channels;
    const int row = 2 * across * parts;
    lanes answers[MOST * PARTS];
    convolve_two_rows(view_of(shape), window, window + step * shape->padded_width, step,
                      block->kernel, answers, 2 * across, parts);
    for (int one = 0; one < across; one++, to += shape->filters)
#pragma GCC unroll 2
        for (int part = 0; part < parts; part++) {
            const lanes *above = answers + 2 * one * parts + part;
            places winner;
            const lanes best = best_of(above, above + row, parts, &winner);
            const long place = to + part * LANES, left = block->filters - part * LANES;
            const lanes answer = best + LOAD(block->bias + part * LANES);
            store(block->outputs + place, rectified(shape, answer), left);
            store_winners(block->winners + place, winner, left);
        }
}

/* A row of pooled answers of one image, in as few pieces of `most` or fewer as can be, about as wide. */
INLINE void pool_row(const struct shape *shape, const float *windows, const struct block *block,
                     long to, const int most, const int parts) {
    const long step = 2L * shape->strides * shape->channels;
    long pieces = (shape->columns + most - 1) / most;
    for (long left = shape->columns, done; left > 0; left -= done, pieces--) {
        done = (left + pieces - 1) / pieces;
        if (most >= 3 && done == 3) pool(shape, windows, block, to, 3, parts);
        else if (most >= 2 && done == 2) pool(shape, windows, block, to, 2, parts);
        else pool(shape, windows, block, to, 1, parts);
        windows += done * step;
        to += done * shape->filters;
    }
}

/* Kernels (depth, parts, LANES) and biases by blocks of filters, zeros beyond the last filter. */
static void pack(const struct shape *shape, const float *kernel, const float *bias, float *packed) {
    const long depth = depth_of(shape);
    for (long first = 0, parts; first < shape->filters; first += parts * LANES) {
        parts = parts_at(shape, first);
        for (long place = 0; place <= depth; place++) {
            const long size = shape->size;
            const long from = by_columns(shape) ? place % size * size + place / size : place;
            const float *row = place < depth ? kernel + from * shape->filters : bias;
            for (long filter = first; filter < first + parts * LANES; filter++)
                *packed++ = filter < shape->filters ? row[filter] : 0;
        }
    }
}

/* A block of filters on one image. */
static void answer_image(const struct shape *shape, const float *image, const struct block *block,
                       long to, long parts) {
    const long row = (long)shape->padded_width * shape->channels;
    for (long line = 0; line < shape->rows; line++, image += 2 * shape->strides * row) {
        if (parts == 1) pool_row(shape, image, block, to, ACROSS, 1);
        else pool_row(shape, image, block, to, ACROSS_PARTS, PARTS);
        to += (long)shape->columns * shape->filters;
    }
}

/* Floats of `scratch`, which must be zeros at first and stay the caller's from call to call, each of
 * so many images. */
EXPORTED int64_t KINDLY(forward_floats)(const struct shape *shape, int64_t images) {
    if (by_winograd(shape, images)) return winograd_floats(shape);
    return blocks_of(shape) * (depth_of(shape) + 1) * LANES + room_floats(shape) + positions_of(shape)
           + LINE;
}

EXPORTED void KINDLY(forward)(const struct shape *shape, int64_t images, const float *inputs,
                              const float *kernel, const float *bias, float *outputs,
                              uint8_t *winners, float *scratch) {
    if (by_winograd(shape, images)) {
        winograd_forward(shape, images, inputs, kernel, bias, outputs, winners, scratch);
        return;
    }
    const long depth = depth_of(shape);
    const long whole = (long)shape->rows * shape->columns * shape->filters;
    float *kernels = aligned(scratch), *room = kernels + blocks_of(shape) * (depth + 1) * LANES;
    int32_t *begins = (int32_t *)(room + room_floats(shape));
    if (shape->pool == 1) place(shape, begins);
    pack(shape, kernel, bias, kernels);
    for (long number = 0; number < images; number++) {
        const float *image = padded(shape, inputs, number, images, room), *packed = kernels;
        for (long first = 0, parts; first < shape->filters; first += parts * LANES) {
            parts = parts_at(shape, first);
            const struct block block = {packed, packed + depth * parts * LANES, outputs, winners,
                                        shape->filters - first};
            const long to = number * whole + first;
            if (shape->pool == 2) answer_image(shape, image, &block, to, parts);
            else if (parts == 1) answer_all(shape, image, begins, &block, to, 1);
            else answer_all(shape, image, begins, &block, to, PARTS);
            packed += (depth + 1) * parts * LANES;
        }
    }
}
