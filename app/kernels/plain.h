/* A convolution behind which nothing pools: each answer is an output, and has a gradient. */
#ifndef FILTERSCOPE_PLAIN_H
#define FILTERSCOPE_PLAIN_H

#include "answers.h"

/* `count` answers of a block of filters, one after the other. */
INLINE void answer(const struct shape *shape, const float *image, const int32_t *begins,
                   const struct block *block, long to, const int count, const int parts) {
    lanes answers[AT_ONCE * PARTS];
    convolve(view_of(shape), image, begins, block->kernel, block->bias, answers, count, parts);
#pragma GCC unroll 8
    for (int each = 0; each < count; each++, to += shape->filters)
#pragma GCC unroll 2
        for (int part = 0; part < parts; part++)
            store(block->outputs + to + part * LANES,
                  rectified(shape, answers[each * parts + part]), block->filters - part * LANES);
}

INLINE void answer_all(const struct shape *shape, const float *image, const int32_t *begins,
                       const struct block *block, long to, const int parts) {
    const long positions = positions_of(shape);
    for (long first = 0, done; first < positions; first += done) {
        const long left = positions - first, at = to + first * shape->filters;
        if (left >= AT_ONCE) {
            answer(shape, image, begins + first, block, at, done = AT_ONCE, parts);
        } else if (left >= AT_ONCE / 2) {
            answer(shape, image, begins + first, block, at, done = AT_ONCE / 2, parts);
        } else {
            answer(shape, image, begins + first, block, at, done = 1, parts);
        }
    }
}

#endif
