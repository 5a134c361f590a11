/* The transforms of Winograd's F(4x4, 3x3), a vector of channels or filters at a time: what app/engine's
 * winograd.py multiplies by its three matrices. */
#ifndef FILTERSCOPE_TRANSFORMS_H
#define FILTERSCOPE_TRANSFORMS_H

#include "lanes.h"

/* What a tile sees, what it answers, and a kernel's side. */
#define CUT 6
#define ANSWERED 4
#define SIDE 3

INLINE void turn_inputs(const lanes *in, lanes *out) {
    const lanes even = in[4] - 4 * in[2], odd = in[3] - 4 * in[1];
    const lanes twice = 2 * (in[3] - in[1]), apart = in[4] - in[2];
    out[0] = 4 * in[0] - 5 * in[2] + in[4];
    out[1] = even + odd;
    out[2] = even - odd;
    out[3] = apart + twice;
    out[4] = apart - twice;
    out[5] = 4 * in[1] - 5 * in[3] + in[5];
}

INLINE void turn_kernel(const lanes *in, lanes *out) {
    const lanes sum = (in[0] + in[2]) * (-1 / 6.0f), middle = in[1] * (1 / 6.0f);
    const lanes far = in[0] * (1 / 24.0f) + in[2] * (1 / 6.0f), half = in[1] * (1 / 12.0f);
    out[0] = in[0] * (1 / 4.0f);
    out[1] = sum - middle;
    out[2] = sum + middle;
    out[3] = far + half;
    out[4] = far - half;
    out[5] = in[2];
}

INLINE void turn_back(const lanes *in, lanes *out) {
    const lanes near_sum = in[1] + in[2], near_apart = in[1] - in[2];
    const lanes far_sum = in[3] + in[4], far_apart = in[3] - in[4];
    out[0] = in[0] + near_sum + far_sum;
    out[1] = near_apart + 2 * far_apart;
    out[2] = near_sum + 4 * far_sum;
    out[3] = near_apart + 8 * far_apart + in[5];
}

#define BOTH_WAYS(name, turn, side, into)                                                      \
    INLINE void name(const lanes in[side][side], lanes out[into][into]) {                      \
        lanes half[side][into];                                                                \
        for (int row = 0; row < side; row++) turn(in[row], half[row]);                         \
        for (int column = 0; column < into; column++) {                                        \
            lanes before[side], after[into];                                                   \
            for (int row = 0; row < side; row++) before[row] = half[row][column];              \
            turn(before, after);                                                               \
            for (int row = 0; row < into; row++) out[row][column] = after[row];                \
        }                                                                                      \
    }

BOTH_WAYS(transform_inputs, turn_inputs, CUT, CUT)
BOTH_WAYS(transform_kernel, turn_kernel, SIDE, CUT)
BOTH_WAYS(transform_back, turn_back, CUT, ANSWERED)

#endif
