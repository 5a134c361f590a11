/* Answers of some windows, held in registers until each is complete; the largest of four, and where it
 * was. */
#ifndef FILTERSCOPE_ANSWERS_H
#define FILTERSCOPE_ANSWERS_H

#include "lanes.h"

/* Vectors that a block of filters takes, at most; pooled answers at once, at most, where it takes one,
 * and where it takes PARTS: more would need more registers than there are. */
#define PARTS 2
#define ACROSS 3
#if defined(__AVX512F__) || defined(__aarch64__)
#define ACROSS_PARTS 3
#else
#define ACROSS_PARTS 1
#endif
#define MOST (4 * ACROSS)
/* Answers at once where nothing pools: as many as registers hold, with inputs to keep them busy. */
#define AT_ONCE (SUMS / 3)

/* Filters that are answered together, and where their answers go. */
struct block {
    const float *kernel, *bias;
    float *outputs;
    uint8_t *winners;
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
    lanes sums[AT_ONCE * PARTS];
    const float *at[AT_ONCE];
    for (int each = 0; each < count; each++) at[each] = window + offsets[each];
#pragma GCC unroll 16
    for (int each = 0; each < count * parts; each++)
        if (bias) sums[each] = LOAD(bias + each % parts * LANES);
        else sums[each] = (lanes){0};
    for (long line = 0; line < view.lines; line++) {
        for (long place = 0, end = view.length * view.step; place < end;
             place += view.step, kernel += parts * LANES) {
            lanes weights[PARTS];
            for (int part = 0; part < parts; part++) weights[part] = LOAD(kernel + part * LANES);
#pragma GCC unroll 8
            for (int each = 0; each < count; each++)
                for (int part = 0; part < parts; part++)
                    sums[each * parts + part] += at[each][place] * weights[part];
        }
        for (int each = 0; each < count; each++) at[each] += view.row;
    }
#pragma GCC unroll 16
    for (int each = 0; each < count * parts; each++) answers[each] = sums[each];
}

/* Answers (2, count, parts) to a block of filters, of `count` windows, each `step` after the last, and
 * of as many below them. Only two addresses move, from which all windows follow: with one for each
 * there would be no registers for more than eight windows. */
INLINE void convolve_two_rows(const struct view view, const float *above, const float *below,
                              const long step, const float *kernel, lanes *answers,
                              const int count, const int parts) {
    lanes sums[MOST * PARTS];
#pragma GCC unroll 24
    for (int each = 0; each < 2 * count * parts; each++) sums[each] = (lanes){0};
    for (long line = 0; line < view.lines; line++, above += view.row, below += view.row) {
        const float *at[] = {above, below}, *end = above + view.length;
        for (; at[0] < end; at[0]++, at[1]++, kernel += parts * LANES) {
            lanes weights[PARTS];
            for (int part = 0; part < parts; part++) weights[part] = LOAD(kernel + part * LANES);
#pragma GCC unroll 12
            for (int each = 0; each < 2 * count; each++) {
                const float seen = at[each / count][each % count * step];
                for (int part = 0; part < parts; part++)
                    sums[each * parts + part] += seen * weights[part];
            }
        }
    }
#pragma GCC unroll 24
    for (int each = 0; each < 2 * count * parts; each++) answers[each] = sums[each];
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

/* The best of two answers above and two below, each `parts` after the last, and where it was. */
INLINE lanes best_of(const lanes *above, const lanes *below, const int parts, places *winner) {
    places first, third, upper;
    const lanes best_above = larger(above[0], above[parts], &first);
    const lanes best_below = larger(below[0], below[parts], &third);
    const lanes best = larger(best_above, best_below, &upper);
    /* 0, 1, 2 or 3: a comparison that holds is -1. */
    *winner = (upper & (first + 1)) | (~upper & (third + 3));
    return best;
}

#endif
