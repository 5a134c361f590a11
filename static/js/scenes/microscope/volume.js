// @ts-check
// One filter of a kernel, as the values that are laid on a picture.

import { filterOf } from "../../kernels/slices.js";

/**
 * @param {import("../../types.js").Kernel} kernel
 * @param {number} filter
 * @returns {import("../../pictures/convolution.js").Volume}
 */
export function volumeOf(kernel, filter) {
  const { shape, weights } = filterOf(kernel, filter);
  return { values: weights, shape: [shape[0], shape[1], shape[2]] };
}
