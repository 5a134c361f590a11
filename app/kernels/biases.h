/* The gradient of the answers before they were rectified, and that of the biases: their sum. */
#ifndef FILTERSCOPE_BIASES_H
#define FILTERSCOPE_BIASES_H

#include "answers.h"

/* An answer that became zero has no gradient. */
INLINE void rectify_back(const struct shape *shape, const float *outputs, float *gradient, long count) {
    if (!shape->relu) return;
    for (long each = 0; each < count; each++)
        if (!(outputs[each] > 0)) gradient[each] = 0;
}

/* The sums of some vectors of gradients over all positions, held in registers. */
INLINE void add_vectors(const float *gradient, long positions, long stride, float *sums,
                        const int vectors) {
    lanes held[PARTS];
    for (int each = 0; each < vectors; each++) held[each] = LOAD(sums + each * LANES);
    for (long position = 0; position < positions; position++, gradient += stride)
        for (int each = 0; each < vectors; each++) held[each] += LOAD(gradient + each * LANES);
    for (int each = 0; each < vectors; each++) STORE(sums + each * LANES, held[each]);
}

/* Add an image's gradients (positions, filters) to the biases'. */
static void add_biases(const struct shape *shape, const float *gradient, float *sums) {
    const long positions = positions_of(shape), filters = shape->filters;
    long first = 0;
    for (; first + PARTS * LANES <= filters; first += PARTS * LANES)
        add_vectors(gradient + first, positions, filters, sums + first, PARTS);
    for (; first + LANES <= filters; first += LANES)
        add_vectors(gradient + first, positions, filters, sums + first, 1);
    for (; first < filters; first++)
        for (long position = 0; position < positions; position++)
            sums[first] += gradient[position * filters + first];
}

#endif
