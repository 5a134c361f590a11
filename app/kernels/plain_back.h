/* The gradients of a convolution behind which nothing pools: each position has one. */
#include "biases.h"
#include "plain_inputs.h"
#include "plain_kernel.h"

INLINE int64_t plain_floats(const struct shape *shape) {
    const long positions = positions_of(shape), depth = depth_of(shape);
    return packed_floats(shape) + 2 * room_floats(shape) + (depth + positions) * wide_filters(shape)
           + 2 * positions + depth + window_vectors(shape) + LINE;
}

static void plain_backward(const struct shape *shape, int64_t images, const float *inputs,
                           const float *kernel, const float *outputs, float *gradient,
                           float *grad_kernel, float *grad_bias, float *grad_inputs,
                           float *scratch) {
    const long positions = positions_of(shape), depth = depth_of(shape);
    const long size = (long)shape->height * shape->width * shape->channels;
    const long space = room_floats(shape), wide = wide_filters(shape);
    const long whole = positions * shape->filters;
    const long stride = shape->filters % LANES ? wide : shape->filters;
    float *weights = aligned(scratch), *sums = weights + packed_floats(shape);
    float *room = sums + depth * wide, *grad_room = room + space, *rows = grad_room + space;
    int32_t *begins = (int32_t *)(rows + positions * wide), *froms = begins + positions;
    int32_t *where = froms + positions, *tos = where + depth;
    place(shape, begins);
    for (long position = 0; position < positions; position++)
        froms[position] = (int32_t)(position * shape->filters);
    place_window(shape, where);
    place_vectors(shape, tos);
    memset(sums, 0, sizeof(float) * depth * wide);
    if (grad_bias) memset(grad_bias, 0, sizeof(float) * shape->filters);
    if (grad_inputs) pack_turned(shape, kernel, weights);
    for (long number = 0; number < images; number++, gradient += whole, outputs += whole) {
        rectify_back(shape, outputs, gradient, whole);
        if (grad_kernel) {
            const float *image = padded(shape, inputs, number, images, room);
            add_biases(shape, gradient, grad_bias);
            add_image(shape, image, begins, where, roomy(shape, gradient, rows), stride, sums);
        }
        if (grad_inputs) {
            memset(grad_room, 0, sizeof(float) * space);
            lead_image_back(shape, grad_room, begins, gradient, froms, weights, tos);
            cut_out(shape, grad_room, grad_inputs + number * size);
        }
    }
    if (grad_kernel) unpack(shape, sums, grad_kernel);
}
