// @ts-check
// The example of textbooks: 5 × 5 numbers, a 3 × 3 kernel, 3 × 3 answers. Whole
// numbers, so that one can check them by hand.

/** @type {import("../../pictures/convolution.js").Volume} */
export const IMAGE = {
  shape: [5, 5, 1],
  values: [1, 2, 3, 0, 1, 0, 1, 2, 3, 1, 1, 0, 1, 2, 0, 2, 1, 0, 1, 2, 0, 1, 2, 1, 0],
};

/** Finds upright edges: left minus right. @type {import("../../pictures/convolution.js").Volume} */
export const KERNEL = { shape: [3, 3, 1], values: [1, 0, -1, 2, 0, -2, 1, 0, -1] };
