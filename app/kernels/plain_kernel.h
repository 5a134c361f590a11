/* The gradient of a kernel behind which nothing pools: inputs times gradients, a vector of filters at
 * a time, held in registers for all positions of an image. */
#include "answers.h"

/* Places of a window whose sums are held at once. */
#define PLACES (SUMS / PARTS)

/* Where each place of a window lies, from its first on: (depth,). */
static void place_window(const struct shape *shape, int32_t *where) {
    const long row = (long)shape->padded_width * shape->channels;
    for (long line = 0; line < shape->size; line++)
        for (long place = 0; place < (long)shape->size * shape->channels; place++)
            *where++ = (int32_t)(line * row + place);
}

/* Add what some places of all windows hold, times their gradients, to sums (places, parts, LANES);
 * `stride` lies from a position's gradients to the next one's. */
INLINE void add_products(const float *image, const int32_t *begins, long positions,
                         const int32_t *where, const float *gradient, long stride, float *sums,
                         const int places, const int parts) {
    lanes held[PLACES * PARTS];
#pragma GCC unroll 24
    for (int each = 0; each < places * parts; each++) held[each] = LOAD(sums + each * LANES);
    for (long position = 0; position < positions; position++, gradient += stride) {
        const float *window = image + begins[position];
        lanes gradients[PARTS];
        for (int part = 0; part < parts; part++) gradients[part] = LOAD(gradient + part * LANES);
#pragma GCC unroll 12
        for (int place = 0; place < places; place++)
            for (int part = 0; part < parts; part++)
                held[place * parts + part] += window[where[place]] * gradients[part];
    }
#pragma GCC unroll 24
    for (int each = 0; each < places * parts; each++) STORE(sums + each * LANES, held[each]);
}

#define SO_MANY(places)                                                                        \
    case places:                                                                               \
        if ((places) <= PLACES)                                                                \
            add_products(image, begins, positions, where, gradient, stride, sums,              \
                         (places) <= PLACES ? (places) : 1, parts);                            \
        break;

INLINE void add_places(const float *image, const int32_t *begins, long positions,
                       const int32_t *where, const float *gradient, long stride, float *sums,
                       long places, const int parts) {
    switch (places) {
        SO_MANY(1) SO_MANY(2) SO_MANY(3) SO_MANY(4) SO_MANY(5) SO_MANY(6)
        SO_MANY(7) SO_MANY(8) SO_MANY(9) SO_MANY(10) SO_MANY(11) SO_MANY(12)
    }
}

/* What an image adds to the gradient of the kernels, (blocks of filters; depth, parts, LANES);
 * `gradient`: (positions, stride). */
static void add_image(const struct shape *shape, const float *image, const int32_t *begins,
                      const int32_t *where, const float *gradient, long stride, float *sums) {
    const long depth = depth_of(shape), positions = positions_of(shape);
    const long pieces = (depth + PLACES - 1) / PLACES;
    for (long first = 0, parts; first < shape->filters; first += parts * LANES) {
        parts = parts_at(shape, first);
        for (long piece = 0; piece < pieces; piece++) {
            const long from = depth * piece / pieces, places = depth * (piece + 1) / pieces - from;
            float *to = sums + from * parts * LANES;
            if (parts == 1)
                add_places(image, begins, positions, where + from, gradient + first, stride, to,
                           places, 1);
            else
                add_places(image, begins, positions, where + from, gradient + first, stride, to,
                           places, PARTS);
        }
        sums += depth * parts * LANES;
    }
}

/* Floats that a position's gradients take where their last vector has room. */
INLINE long wide_filters(const struct shape *shape) { return blocks_of(shape) * LANES; }

/* An image's gradients with room for the last vector of each position. */
INLINE const float *roomy(const struct shape *shape, const float *gradient, float *room) {
    if (shape->filters % LANES == 0) return gradient;
    for (long position = 0; position < positions_of(shape); position++)
        memcpy(room + position * wide_filters(shape), gradient + position * shape->filters,
               sizeof(float) * shape->filters);
    return room;
}

/* Sums by blocks of filters (depth, parts, LANES) as a kernel (depth, filters). */
static void unpack(const struct shape *shape, const float *sums, float *kernel) {
    for (long first = 0, parts; first < shape->filters; first += parts * LANES) {
        parts = parts_at(shape, first);
        const long filters = shape->filters - first < parts * LANES ? shape->filters - first
                                                                    : parts * LANES;
        for (long place = 0; place < depth_of(shape); place++, sums += parts * LANES)
            memcpy(kernel + place * shape->filters + first, sums, sizeof(float) * filters);
    }
}
