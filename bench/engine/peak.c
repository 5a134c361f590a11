/* What a core multiplies and adds at most: sums that stay in registers, enough to hold it busy. */
#include "lanes.h"

/* Multiply SUMS vectors by a factor and add another, so many times; returns how many operations. */
EXPORTED int64_t KINDLY(multiply_and_add)(int64_t times, float *numbers) {
    lanes held[SUMS];
    const lanes factor = LOAD(numbers), addend = LOAD(numbers + LANES);
#pragma GCC unroll 24
    for (int each = 0; each < SUMS; each++) held[each] = LOAD(numbers + (each + 2) * LANES);
    for (int64_t time = 0; time < times; time++)
#pragma GCC unroll 24
        for (int each = 0; each < SUMS; each++) held[each] = held[each] * factor + addend;
#pragma GCC unroll 24
    for (int each = 0; each < SUMS; each++) STORE(numbers + (each + 2) * LANES, held[each]);
    return times * SUMS * LANES * 2;
}
