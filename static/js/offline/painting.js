// @ts-check
// One filter on a canvas of its own, at a whole multiple of its size.

import { cellOf, paintAtlas } from "../kernels/atlas.js";

/** @typedef {import("../types.js").Kernel} Kernel */

/** A filter alone, as a layer of one. @param {Kernel} kernel @param {number} filter @returns {Kernel} */
export function alone({ shape, weights }, filter) {
  const [height, width, channels, count] = shape;
  const own = new Float32Array(height * width * channels);
  for (let at = 0; at < own.length; at++) own[at] = weights[at * count + filter];
  return { shape: [height, width, channels, 1], weights: own };
}

/**
 * One channel of a filter, as a gray filter.
 * @param {Kernel} kernel
 * @param {number} filter
 * @param {number} channel
 * @returns {Kernel}
 */
export function planeOf({ shape, weights }, filter, channel) {
  const [height, width, channels, count] = shape;
  const plane = new Float32Array(height * width);
  for (let at = 0; at < plane.length; at++) plane[at] = weights[(at * channels + channel) * count + filter];
  return { shape: [height, width, 1, 1], weights: plane };
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Kernel} kernel
 * @param {number} filter
 * @param {number} limit
 * @param {number} multiple  CSS pixels a weight
 */
export function paintOne(canvas, kernel, filter, limit, multiple) {
  const one = alone(kernel, filter);
  const { width, height } = cellOf(one.shape);
  canvas.width = width;
  canvas.height = height;
  canvas.style.width = `${width * multiple}px`;
  canvas.style.height = `${height * multiple}px`;
  canvas.getContext("2d")?.putImageData(
    paintAtlas(one, () => limit, null),
    0,
    0,
  );
}
