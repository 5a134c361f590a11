/* Answers of some windows, held in registers until each is complete; the largest of four, and where it
 * was. */
#ifndef FILTERSCOPE_ANSWERS_H
#define FILTERSCOPE_ANSWERS_H

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
    const int32_t *offsets;
    long filters;
};

typedef uint8_t loose_bytes __attribute__((vector_size(LANES), aligned(1), may_alias));

/* What windows see: so many lines of `length` numbers, `step` apart, the lines `row` apart. */
struct view {
    long lines, length, step, row;
};

/* Lines are a window's rows; or its columns, in one channel of which every answer is wanted: that costs
 * the same, and settles a near tie among the recorded Keras numbers as Keras does (planes.py too). */
INLINE int by_columns(const struct shape *shape) { return shape->channels == 1 && shape->pool == 1; }

INLINE struct view view_of(const struct shape *shape) {
    const long length = (long)shape->size * shape->channels;
    const long row = (long)shape->padded_width * shape->channels;
    struct view view = {shape->size, length, 1, row};
    if (by_columns(shape)) view.step = row, view.row = 1;
    return view;
}

/* Answers (count, parts) of `count` windows to a block of filters; `kernel`: (depth, parts, LANES). */
INLINE void convolve(const struct view view, const float *window, const int32_t *offsets,
                     const float *kernel, const float *bias, lanes *answers, const int count,
                     const int parts) {
    lanes sums[MOST * PARTS];
    const float *at[MOST];
    for (int each = 0; each < count; each++) at[each] = window + offsets[each];
#pragma GCC unroll 24
    for (int each = 0; each < count * parts; each++)
        if (bias) sums[each] = LOAD(bias + each % parts * LANES);
        else sums[each] = (lanes){0};
    for (long line = 0; line < view.lines; line++) {
        for (long place = 0, end = view.length * view.step; place < end;
             place += view.step, kernel += parts * LANES) {
            lanes weights[PARTS];
            for (int part = 0; part < parts; part++) weights[part] = LOAD(kernel + part * LANES);
#pragma GCC unroll 12
            for (int each = 0; each < count; each++)
                for (int part = 0; part < parts; part++)
                    sums[each * parts + part] += at[each][place] * weights[part];
        }
        for (int each = 0; each < count; each++) at[each] += view.row;
    }
#pragma GCC unroll 24
    for (int each = 0; each < count * parts; each++) answers[each] = sums[each];
}

/* Vectors that are taken together where so many are left. */
INLINE long parts_of(long left) { return left > 1 ? PARTS : 1; }

/* Vectors of the block of filters that begins here. */
INLINE long parts_at(const struct shape *shape, long first) {
    return shape->filters - first > LANES ? PARTS : 1;
}

/* The larger of two, the first of equal ones; what isn't a number wins. `won`: -1 where the first. */
INLINE lanes larger(lanes first, lanes second, places *won) {
    *won = (places)(first >= second) | (places)(first != first);
    return (lanes)((*won & (places)first) | (~*won & (places)second));
}

/* What is below zero becomes zero, if it is to; what isn't a number stays. */
INLINE lanes rectified(const struct shape *shape, lanes answers) {
    if (!shape->relu) return answers;
    return (lanes)(~(places)(answers < 0) & (places)answers);
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

#endif
