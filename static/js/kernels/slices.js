// @ts-check
// Parts of a layer's kernel: one filter of it, one channel of that.

/** @typedef {import("../types.js").Kernel} Kernel */

/**
 * One filter's weights as a kernel of their own.
 * @param {Kernel} kernel
 * @param {number} filter
 * @returns {Kernel}
 */
export function filterOf({ shape, weights }, filter) {
  const [height, width, channels, count] = shape;
  const own = new Float32Array(height * width * channels);
  for (let at = 0; at < own.length; at++) own[at] = weights[at * count + filter];
  return { shape: [height, width, channels, 1], weights: own };
}

/**
 * One channel of a single filter, as a gray one.
 * @param {Kernel} kernel
 * @param {number} channel
 * @returns {Kernel}
 */
export function channelOf({ shape: [height, width, channels], weights }, channel) {
  const plane = Float32Array.from({ length: height * width }, (_, at) => weights[at * channels + channel]);
  return { shape: [height, width, 1, 1], weights: plane };
}
