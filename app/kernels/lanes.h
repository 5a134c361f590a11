/* Several numbers side by side, in the compiler's own words: each kind of processor compiles them to
 * its widest registers. KIND names the kind; each function's name ends in it. */
#ifndef FILTERSCOPE_LANES_H
#define FILTERSCOPE_LANES_H

#include <stdint.h>
#include <string.h>

#define JOINED(name, kind) name##_##kind
#define OF_KIND(name, kind) JOINED(name, kind)
#define KINDLY(name) OF_KIND(name, KIND)
#define INLINE static inline __attribute__((always_inline))
#define EXPORTED __attribute__((visibility("default")))

/* LANES: numbers a vector; SUMS: vectors that fit into registers. */
#if defined(__AVX512F__)
#define LANES 16
#define SUMS 24
#elif defined(__AVX2__)
#define LANES 8
#define SUMS 12
#elif defined(__aarch64__)
#define LANES 4
#define SUMS 24
#else
#define LANES 4
#define SUMS 12
#endif

typedef float lanes __attribute__((vector_size(4 * LANES)));
typedef int32_t places __attribute__((vector_size(4 * LANES)));
/* The same in memory, where it lies as it likes. */
typedef float loose_lanes __attribute__((vector_size(4 * LANES), aligned(4), may_alias));

#define LOAD(from) (*(const loose_lanes *)(from))
#define STORE(to, value) (*(loose_lanes *)(to) = (value))

/* A convolution: its images, its kernels, and its outputs, each the largest of pool x pool answers,
 * where pool is 2, or 1; `relu`: whether those below zero become zero. */
struct shape {
    int32_t height, width, channels, filters, size, strides, rows, columns;
    int32_t top, left, padded_height, padded_width, pool, relu;
};

/* One pooled answer's gradient, and where the window that won begins. */
struct share {
    int32_t offset;
    float gradient;
};

/* Vectors that the filters take, at most: they come in pairs but for the last. */
INLINE long blocks_of(const struct shape *shape) { return (shape->filters + 2 * LANES - 1) / LANES; }

/* Vectors that a row of a window takes; the last may reach beyond the row. */
INLINE long vectors_of(const struct shape *shape) {
    return ((long)shape->size * shape->channels + LANES - 1) / LANES;
}

INLINE long depth_of(const struct shape *shape) {
    return (long)shape->size * shape->size * shape->channels;
}

INLINE long positions_of(const struct shape *shape) { return (long)shape->rows * shape->columns; }

/* Where the first window of each output begins: (positions,). */
INLINE void place(const struct shape *shape, int32_t *begins) {
    const long row = (long)shape->padded_width * shape->channels;
    const long step = (long)shape->pool * shape->strides;
    for (long line = 0; line < shape->rows; line++)
        for (long column = 0; column < shape->columns; column++)
            *begins++ = (int32_t)(step * (line * row + column * shape->channels));
}

/* Room for an image with its zeros around, and for a vector that begins in it and ends beyond. */
INLINE long room_floats(const struct shape *shape) {
    const long floats = (long)shape->padded_height * shape->padded_width * shape->channels;
    return (floats + 2 * LANES - 1) / LANES * LANES;
}

/* The first place at which vectors fall on whole lines of the cache, of LINE floats. */
#define LINE 16
INLINE float *aligned(float *scratch) {
    const uintptr_t line = LINE * sizeof(float);
    return (float *)(((uintptr_t)scratch + line - 1) / line * line);
}

/* An image with its zeros around: as it lies, where that is padded, read no further than the images
 * go and not by whole lines anyway; or copied into `room`, which holds zeros around it. */
INLINE const float *padded(const struct shape *shape, const float *images, long number, long count,
                           float *room) {
    const long row = (long)shape->width * shape->channels, size = row * shape->height;
    const long wide = (long)shape->padded_width * shape->channels;
    const float *image = images + number * size;
    const int as_it_lies = shape->padded_height == shape->height && wide == row;
    if (as_it_lies && (count - number - 1) * size >= LANES && shape->channels % LANES) return image;
    float *to = room + shape->top * wide + (long)shape->left * shape->channels;
    for (long line = 0; line < shape->height; line++)
        memcpy(to + line * wide, image + line * row, sizeof(float) * row);
    return room;
}

/* Copy the padded image's inside out. */
INLINE void cut_out(const struct shape *shape, const float *room, float *image) {
    const long row = (long)shape->width * shape->channels;
    const long wide = (long)shape->padded_width * shape->channels;
    room += shape->top * wide + (long)shape->left * shape->channels;
    for (long line = 0; line < shape->height; line++)
        memcpy(image + line * row, room + line * wide, sizeof(float) * row);
}

#endif
