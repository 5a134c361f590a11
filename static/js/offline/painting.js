// @ts-check
// One filter on a canvas of its own, at a whole multiple of its size.

import { cellOf, paintAtlas } from "../kernels/atlas.js";
import { filterOf } from "../kernels/slices.js";

/** @typedef {import("../types.js").Kernel} Kernel */

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Kernel} kernel
 * @param {number} filter
 * @param {number} limit
 * @param {number} multiple  CSS pixels a weight
 */
export function paintOne(canvas, kernel, filter, limit, multiple) {
  const one = filterOf(kernel, filter);
  const { width, height } = cellOf(one.shape);
  canvas.width = width;
  canvas.height = height;
  canvas.style.width = `${width * multiple}px`;
  canvas.style.height = `${height * multiple}px`;
  canvas.getContext("2d")?.putImageData(
    paintAtlas(one, () => limit),
    0,
    0,
  );
}
