/* The gradient of the inputs where nothing pools: a window's is the kernels, each times its filter's
 * gradient, so some vectors of many windows are the answers to gradients, and are added in place. */
#include "answers.h"
#include "plain.h"

/* Lead the gradients of `count` positions back to some vectors of their windows. */
INLINE void lead_some_back(const struct shape *shape, float *image, const int32_t *begins,
                           const float *gradient, const int32_t *froms, const float *kernel,
                           const int32_t *tos, const int count, const int parts) {
    const struct view view = {1, shape->filters, 1, 0};
    lanes answers[AT_ONCE * PARTS];
    convolve(view, gradient, froms, kernel, 0, answers, count, parts);
#pragma GCC unroll 8
    for (int each = 0; each < count; each++)
        for (int part = 0; part < parts; part++) {
            float *to = image + begins[each] + tos[part];
            STORE(to, LOAD(to) + answers[each * parts + part]);
        }
}

/* Lead an image's gradients back to the inputs that its windows saw. */
INLINE void lead_all_back(const struct shape *shape, float *image, const int32_t *begins,
                          const float *gradient, const int32_t *froms, const float *kernel,
                          const int32_t *tos, const int parts) {
    const long positions = positions_of(shape);
    for (long first = 0, done; first < positions; first += done) {
        const long left = positions - first;
        const int32_t *at = begins + first, *from = froms + first;
        if (left >= AT_ONCE) {
            lead_some_back(shape, image, at, gradient, from, kernel, tos, done = AT_ONCE, parts);
        } else if (left >= AT_ONCE / 2) {
            lead_some_back(shape, image, at, gradient, from, kernel, tos, done = AT_ONCE / 2, parts);
        } else {
            lead_some_back(shape, image, at, gradient, from, kernel, tos, done = 1, parts);
        }
    }
}

/* Vectors of a window, all its lines together. */
INLINE long window_vectors(const struct shape *shape) { return shape->size * vectors_of(shape); }

INLINE long packed_floats(const struct shape *shape) {
    return shape->filters * window_vectors(shape) * LANES;
}

/* Where the vectors of a window begin: (vectors,). */
static void place_vectors(const struct shape *shape, int32_t *tos) {
    const long row = (long)shape->padded_width * shape->channels, all = vectors_of(shape);
    for (long vector = 0; vector < window_vectors(shape); vector++)
        *tos++ = (int32_t)(vector / all * row + vector % all * LANES);
}

/* A kernel (depth, filters) as (vectors in pairs; filters, 2 or 1, LANES), zeros beyond each line. */
static void pack_turned(const struct shape *shape, const float *kernel, float *packed) {
    const long length = (long)shape->size * shape->channels, all = vectors_of(shape);
    for (long first = 0, parts; first < window_vectors(shape); first += parts) {
        parts = parts_of(window_vectors(shape) - first);
        for (long filter = 0; filter < shape->filters; filter++)
            for (long vector = first; vector < first + parts; vector++)
                for (long lane = 0; lane < LANES; lane++) {
                    const long place = vector % all * LANES + lane;
                    const long row = (vector / all * length + place) * shape->filters;
                    *packed++ = place < length ? kernel[row + filter] : 0;
                }
    }
}

/* Lead an image's gradients back to the inputs that its windows saw. */
static void lead_image_back(const struct shape *shape, float *image, const int32_t *begins,
                            const float *gradient, const int32_t *froms, const float *kernel,
                            const int32_t *tos) {
    for (long first = 0, parts; first < window_vectors(shape); first += parts) {
        parts = parts_of(window_vectors(shape) - first);
        if (parts == 1)
            lead_all_back(shape, image, begins, gradient, froms, kernel, tos + first, 1);
        else
            lead_all_back(shape, image, begins, gradient, froms, kernel, tos + first, PARTS);
        kernel += shape->filters * parts * LANES;
    }
}
