/* The sum of the windows that won, each times its gradient, held in registers until all are added. */
#include "lanes.h"

/* Rows of a window are taken so many vectors and so many lines at a time, as registers hold. */
#define WIDEST 4

/* Add the shares' windows to sums (lines, vectors); `stride` is that of the sums' lines. */
INLINE void add_windows(const float *image, long row, const struct share *shares, long count,
                        float *sums, long stride, const int lines, const int vectors) {
    lanes held[SUMS];
#pragma GCC unroll 24
    for (int each = 0; each < lines * vectors; each++)
        held[each] = LOAD(sums + each / vectors * stride + each % vectors * LANES);
    for (long number = 0; number < count; number++) {
        const float *window = image + shares[number].offset;
        const float gradient = shares[number].gradient;
#pragma GCC unroll 24
        for (int line = 0; line < lines; line++, window += row)
#pragma GCC unroll 4
            for (int each = 0; each < vectors; each++)
                held[line * vectors + each] += gradient * LOAD(window + each * LANES);
    }
#pragma GCC unroll 24
    for (int each = 0; each < lines * vectors; each++)
        STORE(sums + each / vectors * stride + each % vectors * LANES, held[each]);
}

#define WHERE(lines, vectors)                                                                  \
    case (lines) * 8 + (vectors):                                                              \
        if ((lines) * (vectors) <= SUMS)                                                       \
            add_windows(image, row, shares, count, sums, stride,                               \
                        (lines) * (vectors) <= SUMS ? (lines) : 1,                             \
                        (lines) * (vectors) <= SUMS ? (vectors) : 1);                          \
        break;
#define ANY_WIDTH(lines) WHERE(lines, 1) WHERE(lines, 2) WHERE(lines, 3) WHERE(lines, 4)

static void add_some(const float *image, long row, const struct share *shares, long count,
                     float *sums, long stride, long lines, long vectors) {
    switch (lines * 8 + vectors) {
        ANY_WIDTH(1) ANY_WIDTH(2) ANY_WIDTH(3) ANY_WIDTH(4) ANY_WIDTH(5) ANY_WIDTH(6)
        ANY_WIDTH(7) ANY_WIDTH(8) ANY_WIDTH(9) ANY_WIDTH(10) ANY_WIDTH(11) ANY_WIDTH(12)
    }
}

INLINE long least(long one, long other) { return one < other ? one : other; }

/* One filter's kernel's gradient: (size, vectors, LANES) more. */
static void add_up(const struct shape *shape, const float *image, const struct share *shares,
                   long count, float *sums) {
    const long row = (long)shape->padded_width * shape->channels, all = vectors_of(shape);
    for (long from = 0; from < all; from += least(WIDEST, SUMS)) {
        const long vectors = least(least(WIDEST, SUMS), all - from);
        const long parts = (shape->size + least(12, SUMS / vectors) - 1) / least(12, SUMS / vectors);
        for (long part = 0; part < parts; part++) {
            const long first = shape->size * part / parts;
            const long lines = shape->size * (part + 1) / parts - first;
            add_some(image + first * row + from * LANES, row, shares, count,
                     sums + (first * all + from) * LANES, all * LANES, lines, vectors);
        }
    }
}
