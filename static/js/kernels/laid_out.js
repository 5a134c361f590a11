// @ts-check
// Kernels of any layer as lists of flat filters, rows × columns × channels, so that all can be painted.

/**
 * @typedef {import("../types.js").Kernel} Kernel
 * @typedef {{shape: number[], weights: Float32Array}} Told  in Keras's order, as the server has it
 */

/**
 * A kernel as rows × columns × channels × filters, whatever its layer is.
 *
 * A 1-D filter stands on its side: its places from left to right, its channels from top to bottom. A
 * 3-D one is cut into slices, which lie beside each other as channels do. Each kernel of a depthwise
 * layer is a filter. A dense unit is folded into a block as near to a square as it comes out even.
 * @param {Told} told
 * @param {string} [kind]  Keras's name of the layer, where it is known
 * @returns {Kernel}
 */
export function laidOut({ shape, weights }, kind = "") {
  if (kind.startsWith("depthwise")) return asFilters(shape, weights);
  if (shape.length === 4) return { shape: /** @type {Kernel["shape"]} */ (shape), weights };
  if (shape.length === 5) return inSlices(shape, weights);
  if (shape.length === 3) return onTheSide(shape, weights);
  const [inputs, units] = shape.length === 2 ? shape : [weights.length, 1];
  const [rows, columns] = folded(inputs);
  return { shape: [rows, columns, 1, units], weights };
}

/**
 * One filter for each channel and each of its kernels.
 * @param {number[]} shape
 * @param {Float32Array} weights
 */
function asFilters(shape, weights) {
  const [height, width] = shape.length === 4 ? shape : [1, shape[0]];
  const [channels, each] = shape.slice(-2);
  return { shape: /** @type {Kernel["shape"]} */ ([height, width, 1, channels * each]), weights };
}

/** From (depth, height, width, in, out). @param {number[]} shape @param {Float32Array} weights */
function inSlices([depth, height, width, channels, count], weights) {
  const found = new Float32Array(weights.length);
  const cell = channels * count;
  for (let slice = 0, at = 0; slice < depth; slice++)
    for (let place = 0; place < height * width; place++, at += cell)
      found.set(weights.subarray(at, at + cell), (place * depth + slice) * cell);
  return { shape: /** @type {Kernel["shape"]} */ ([height, width, depth * channels, count]), weights: found };
}

/** From (width, in, out). @param {number[]} shape @param {Float32Array} weights */
function onTheSide([width, channels, count], weights) {
  const found = new Float32Array(weights.length);
  for (let x = 0, at = 0; x < width; x++)
    for (let channel = 0; channel < channels; channel++, at += count)
      found.set(weights.subarray(at, at + count), (channel * width + x) * count);
  return { shape: /** @type {Kernel["shape"]} */ ([channels, width, 1, count]), weights: found };
}

/** Two numbers whose product it is, as near to each other as there are. @param {number} count */
function folded(count) {
  let rows = Math.floor(Math.sqrt(count));
  while (rows > 1 && count % rows) rows -= 1;
  return [Math.max(1, rows), count / Math.max(1, rows)];
}
