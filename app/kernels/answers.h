/* Answers of some windows, held in registers until each is complete; the largest of four, and where it
 * was. */
#include "lanes.h"

/* Pooled answers at once, where a block of filters takes one vector, and where it takes PARTS. */
#define ACROSS 2
#define PARTS 2
#if defined(__AVX512F__) || defined(__aarch64__)
#define ACROSS_PARTS 2
#else
#define ACROSS_PARTS 1
#endif
#define MOST (4 * (ACROSS + 1))

/* Filters that are answered together, and where their answers go. */
struct block {
    const float *kernel, *bias;
    float *outputs;
    uint8_t *winners;
    const long *offsets;
    long filters;
};

typedef uint8_t loose_bytes __attribute__((vector_size(LANES), aligned(1), may_alias));

/* Answers (count, parts) of `count` windows, for a block of filters; `kernel`: (depth, parts, LANES). */
INLINE void convolve(const struct shape *shape, const float *window, const long *offsets,
                     const float *kernel, lanes *answers, const int count, const int parts) {
    const long length = (long)shape->size * shape->channels;
    const long row = (long)shape->padded_width * shape->channels;
    lanes sums[MOST * PARTS];
    const float *at[MOST];
    for (int each = 0; each < count; each++) at[each] = window + offsets[each];
#pragma GCC unroll 24
    for (int each = 0; each < count * parts; each++) sums[each] = (lanes){0};
    for (long line = 0; line < shape->size; line++) {
        for (long place = 0; place < length; place++, kernel += parts * LANES) {
            lanes weights[PARTS];
            for (int part = 0; part < parts; part++) weights[part] = LOAD(kernel + part * LANES);
#pragma GCC unroll 12
            for (int each = 0; each < count; each++)
                for (int part = 0; part < parts; part++)
                    sums[each * parts + part] += at[each][place] * weights[part];
        }
        for (int each = 0; each < count; each++) at[each] += row;
    }
#pragma GCC unroll 24
    for (int each = 0; each < count * parts; each++) answers[each] = sums[each];
}

/* Vectors of the block of filters that begins here. */
INLINE long parts_at(const struct shape *shape, long first) {
    return shape->filters - first > LANES ? PARTS : 1;
}

/* The larger of two, the first of equal ones; what isn't a number wins. `won`: -1 where the first. */
INLINE lanes larger(lanes first, lanes second, places *won) {
    *won = (places)(first >= second) | (places)(first != first);
    return (lanes)((*won & (places)first) | (~*won & (places)second));
}

/* Write the first `count` of the lanes. */
INLINE void store(float *outputs, lanes best, const long count) {
    if (count >= LANES) STORE(outputs, best);
    else
        for (long lane = 0; lane < count; lane++) outputs[lane] = best[lane];
}

INLINE void store_winners(uint8_t *winners, places winner, const long count) {
    const loose_bytes narrow = __builtin_convertvector(winner, loose_bytes);
    if (count >= LANES) *(loose_bytes *)winners = narrow;
    else
        for (long lane = 0; lane < count; lane++) winners[lane] = narrow[lane];
}

/* The best of four answers, each `parts` after the last, and where it was. */
INLINE lanes best_of(const lanes *answers, const int parts, places *winner) {
    places first, third, upper;
    const lanes above = larger(answers[0], answers[parts], &first);
    const lanes below = larger(answers[2 * parts], answers[3 * parts], &third);
    const lanes best = larger(above, below, &upper);
    /* 0, 1, 2 or 3: a comparison that holds is -1. */
    *winner = (upper & (first + 1)) | (~upper & (third + 3));
    return best;
}
