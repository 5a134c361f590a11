/* The gradients of a convolution behind a 2 x 2 max-pooling: three of four answers get none, and
 * ReLU takes some of the rest. So each filter's shares are listed first, its kernel's gradient is then
 * the sum of the windows that won, and its inputs' gradient is its kernel, added to those windows. */
#include "biases.h"
#include "plain_back.h"
#include "sums.h"

/* Lead one filter's shares back to the inputs that its windows saw. */
static void lead_back(const struct shape *shape, float *image, const struct share *shares,
                      long count, const float *kernel) {
    const long row = (long)shape->padded_width * shape->channels, vectors = vectors_of(shape);
    for (long number = 0; number < count; number++) {
        const float gradient = shares[number].gradient;
        float *window = image + shares[number].offset;
        const float *weights = kernel;
        for (long line = 0; line < shape->size; line++, window += row)
            for (long each = 0; each < vectors; each++, weights += LANES) {
                float *to = window + each * LANES;
                STORE(to, LOAD(to) + gradient * LOAD(weights));
            }
    }
}

/* List a filter's shares in some positions, of which so many are returned. */
static long list(const struct shape *shape, const int32_t *begins, long positions,
                 const float *gradient, const uint8_t *winners, struct share *shares) {
    const long stride = (long)shape->strides * shape->channels, below = stride * shape->padded_width;
    const int32_t offsets[4] = {0, (int32_t)stride, (int32_t)below, (int32_t)(below + stride)};
    long count = 0;
    for (long position = 0; position < positions; position++) {
        const long at = position * shape->filters;
        const struct share share = {begins[position] + offsets[winners[at]], gradient[at]};
        shares[count] = share;
        count += share.gradient != 0;
    }
    return count;
}

INLINE long turned_floats(const struct shape *shape) {
    return shape->filters * (long)shape->size * vectors_of(shape) * LANES;
}

/* Between a kernel (depth, filters) and the same by filters and lines, zeros beyond each line. */
INLINE void turn(const struct shape *shape, float *kernel, float *turned, const int back) {
    const long length = (long)shape->size * shape->channels, wide = vectors_of(shape) * LANES;
    for (long filter = 0; filter < shape->filters; filter++)
        for (long line = 0; line < shape->size; line++, turned += wide)
            for (long place = 0; place < length; place++) {
                float *here = kernel + (line * length + place) * shape->filters + filter;
                if (back) *here = turned[place];
                else turned[place] = *here;
            }
}

EXPORTED int64_t KINDLY(backward_floats)(const struct shape *shape) {
    const int64_t positions = positions_of(shape);
    if (shape->pool == 1) return plain_floats(shape);
    return 2 * (turned_floats(shape) + room_floats(shape)) + 3 * positions + LINE;
}

/* Rows of outputs whose windows stay in the first cache while one filter after the other sees them. */
#define STRIP_BYTES (32 << 10)
static long strip_of(const struct shape *shape) {
    const long row = (long)shape->padded_width * shape->channels * sizeof(float);
    const long fitting = (STRIP_BYTES / row - shape->size) / (2 * shape->strides);
    return fitting < 1 ? 1 : least(fitting, shape->rows);
}

/* What one image adds to all gradients; `sums` and `weights` are by filters and lines. */
static void take_back(const struct shape *shape, const float *image, const float *gradient,
                      const uint8_t *winners, const int32_t *begins, struct share *shares,
                      float *sums, const float *weights, float *grad_image) {
    const long each = turned_floats(shape) / shape->filters;
    const long strip = strip_of(shape) * shape->columns, positions = positions_of(shape);
    for (long first = 0; first < positions; first += strip) {
        const long some = least(strip, positions - first), at = first * shape->filters;
        for (long filter = 0; filter < shape->filters; filter++) {
            const long count = list(shape, begins + first, some, gradient + at + filter,
                                    winners + at + filter, shares);
            if (sums) add_up(shape, image, shares, count, sums + filter * each);
            if (grad_image) lead_back(shape, grad_image, shares, count, weights + filter * each);
        }
    }
}

/* Gradients that nobody wants are null; those of kernel and bias go together. `gradient` is overwritten
 * where the outputs were rectified. */
EXPORTED void KINDLY(backward)(const struct shape *shape, int64_t images, const float *inputs,
                               const float *kernel, const float *outputs, float *gradient,
                               const uint8_t *winners, float *grad_kernel, float *grad_bias,
                               float *grad_inputs, float *scratch) {
    const long positions = (long)shape->rows * shape->columns, turned = turned_floats(shape);
    const long whole = positions * shape->filters, space = room_floats(shape);
    const long size = (long)shape->height * shape->width * shape->channels;
    if (shape->pool == 1) {
        plain_backward(shape, images, inputs, kernel, outputs, gradient, grad_kernel, grad_bias,
                       grad_inputs, scratch);
        return;
    }
    float *weights = aligned(scratch), *sums = weights + turned, *room = sums + turned;
    float *grad_room = room + space;
    struct share *shares = (struct share *)(grad_room + space);
    int32_t *begins = (int32_t *)(shares + positions);
    place(shape, begins);
    memset(sums, 0, sizeof(float) * turned);
    if (grad_bias) memset(grad_bias, 0, sizeof(float) * shape->filters);
    if (grad_inputs) turn(shape, (float *)kernel, weights, 0);
    for (long number = 0; number < images; number++, gradient += whole, outputs += whole) {
        const float *image = padded(shape, inputs, number, images, room);
        rectify_back(shape, outputs, gradient, whole);
        if (grad_bias) add_biases(shape, gradient, grad_bias);
        if (grad_inputs) memset(grad_room, 0, sizeof(float) * space);
        take_back(shape, image, gradient, winners + number * whole, begins, shares,
                  grad_kernel ? sums : 0, weights, grad_inputs ? grad_room : 0);
        if (grad_inputs) cut_out(shape, grad_room, grad_inputs + number * size);
    }
    if (grad_kernel) turn(shape, grad_kernel, sums, 1);
}
