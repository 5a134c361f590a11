// @ts-check
// Filters that people made by hand, as `app/engine/banks.py` has them: a pattern of the image plane
// times a direction in colour. A test compares the numbers of both.

import { centred, dctPlane, gaborPlane, laplacianPlane, prewittPlane, sobelPlane } from "./planes.js";
import { norm } from "./vectors.js";

/** @typedef {"gabor" | "sobel" | "prewitt" | "laplacian" | "dct"} BankName */

/** Below this there is no direction to speak of. */
export const SMALLEST = 3;
const LOUDNESS = 2;
const COLOURS = [
  [1, 1, 1],
  [1, 0.2, -1.2],
  [1, -1, 0.2],
];

/**
 * The length of a hand-made filter: twice that of a random one of its layer (`glorot_uniform`).
 * @param {number} size
 * @param {number} channels
 * @param {number} filters
 */
export const usualLength = (size, channels, filters) =>
  LOUDNESS * Math.sqrt(2 / (size * size * (channels + filters))) * Math.sqrt(size * size * channels);

/**
 * Filter `index` of a bank of `filters`: height, width, channels.
 * @param {BankName} name
 * @param {number} size
 * @param {number} channels
 * @param {number} index
 * @param {number} filters
 */
export function bankFilter(name, size, channels, index, filters) {
  const plane = centred(BANKS[name](size, index, filters));
  const colour = channels === 3 ? COLOURS[index % 3] : Array(channels).fill(1);
  return scaled(spread(plane, colour), usualLength(size, channels, filters));
}

/**
 * The same numbers, so that they are `length` long; nothing stays nothing.
 * @param {Float32Array} weights
 * @param {number} length
 */
export function scaled(weights, length) {
  const now = norm(weights);
  return now === 0 ? weights : weights.map((weight) => (weight * length) / now);
}

/**
 * A plane in each channel, times the channel's number.
 * @param {ArrayLike<number>} plane
 * @param {number[]} colour
 */
export const spread = (plane, colour) =>
  Float32Array.from(
    { length: plane.length * colour.length },
    (_, at) => plane[Math.floor(at / colour.length)] * colour[at % colour.length],
  );

/** Waves of the cosine transform, slow ones first, without the flat one. @param {number} size */
const wavesOf = (size) =>
  Array.from({ length: size * size }, (_, at) => [Math.floor(at / size), at % size])
    .sort((one, other) => one[0] + one[1] - other[0] - other[1] || one[0] - other[0])
    .slice(1);

/** @type {Record<BankName, (size: number, index: number, filters: number) => import("./planes.js").Plane>} */
const BANKS = {
  gabor: (size, index, filters) =>
    gaborPlane(
      size,
      (Math.PI * Math.floor(index / 2)) / Math.ceil(filters / 2),
      0.9 * size,
      (index % 2) * (Math.PI / 2),
    ),
  sobel: (size, index, filters) => sobelPlane(size, (2 * Math.PI * index) / filters),
  prewitt: (size, index, filters) => prewittPlane(size, (2 * Math.PI * index) / filters),
  laplacian: (size, index) => {
    const sign = 1 - 2 * (index % 2);
    return laplacianPlane(size, size / (5 + (Math.floor(index / 2) % 4))).map((value) => sign * value);
  },
  dct: (size, index) => {
    const waves = wavesOf(size);
    const [down, right] = waves[index % waves.length];
    return dctPlane(size, down, right);
  },
};
