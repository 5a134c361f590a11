// @ts-check
// A filter laid over a picture wherever it fits in ("valid"): y[i, j] = Σ w[u, v, c] · x[i+u, j+v, c].

import { factorsOf } from "./factors.js";
import { addProducts } from "./products.js";
import { addTaps } from "./taps.js";

/**
 * @typedef {object} Planes  A picture as numbers.
 * @property {number} height
 * @property {number} width
 * @property {Float32Array[]} planes  one a channel, row after row; a gray picture's are one and the same
 */

/** Of one answer a side. @param {number} length  of the picture @param {number} size */
export const answersAlong = (length, size) => Math.max(0, length - size + 1);

/**
 * All answers of a filter, row after row, into `out`.
 * @param {Planes} picture
 * @param {Float32Array} weights  size, size, channels
 * @param {number} size
 * @param {Float32Array} out
 */
export function correlate({ planes, height, width }, weights, size, out) {
  const [rows, columns] = [answersAlong(height, size), answersAlong(width, size)];
  out.fill(0);
  for (const { plane, kernel } of partsOf(planes, weights)) {
    const factors = factorsOf(kernel, size);
    if (factors.length * 2 * size >= size * size) {
      addTaps(out, [rows, columns], plane, width, gridTaps(kernel, size, width));
      continue;
    }
    for (let at = 0; at < factors.length; at += 2)
      addProducts(out, [rows, columns], plane, width, factors.slice(at, at + 2));
  }
}

/**
 * Adds what a change of some weights changes, which is much less work.
 * @param {Planes} picture
 * @param {{at: number, by: number}[]} changes  of weights in size, size, channels
 * @param {number} size
 * @param {Float32Array} out
 */
export function addChanges({ planes, height, width }, changes, size, out) {
  const [rows, columns] = [answersAlong(height, size), answersAlong(width, size)];
  for (const plane of new Set(planes)) {
    const own = changes.filter(({ at }) => planes[at % planes.length] === plane);
    const offsetOf = (/** @type {number} */ at) => {
      const place = Math.floor(at / planes.length);
      return Math.floor(place / size) * width + (place % size);
    };
    const taps = { offsets: own.map(({ at }) => offsetOf(at)), weights: own.map(({ by }) => by) };
    addTaps(out, [rows, columns], plane, width, taps);
  }
}

/**
 * The planes to be gone over, as few as there can be: equal ones are taken once, and where all
 * channels' kernels are one pattern, more or less of it, their planes are mixed beforehand.
 * @param {Float32Array[]} planes
 * @param {Float32Array} weights
 */
function partsOf(planes, weights) {
  const channels = planes.length;
  const kernels = planes.map((_, channel) => weights.filter((_, at) => at % channels === channel));
  const distinct = [...new Set(planes)].map((plane) => ({
    plane,
    kernel: kernels.filter((_, channel) => planes[channel] === plane).reduce(sum),
  }));
  const first = distinct.reduce((one, other) => (sizeOf(other.kernel) > sizeOf(one.kernel) ? other : one));
  const shares = distinct.map(({ kernel }) => shareOf(kernel, first.kernel));
  if (distinct.length < 2 || shares.includes(null)) return distinct;
  return [{ plane: mixedOf(planes, /** @type {number[]} */ (shares)), kernel: first.kernel }];
}

/** The mixture made last of each picture: sliding an angle asks for the same again and again. */
const mixtures = /** @type {WeakMap<Float32Array[], {key: string, mixed: Float32Array}>} */ (new WeakMap());

/** @param {Float32Array[]} planes @param {number[]} shares  of those that differ */
function mixedOf(planes, shares) {
  const key = shares.map((share) => share.toFixed(6)).join();
  const known = mixtures.get(planes);
  if (known?.key === key) return known.mixed;
  const mixed = new Float32Array(planes[0].length);
  [...new Set(planes)].forEach((plane, at) => {
    const share = shares[at];
    if (share) for (let place = 0; place < mixed.length; place++) mixed[place] += share * plane[place];
  });
  mixtures.set(planes, { key, mixed });
  return mixed;
}

/** @param {Float32Array} one @param {Float32Array} other */
const sum = (one, other) => one.map((value, at) => value + other[at]);

/** @param {Float32Array} kernel */
const sizeOf = (kernel) => kernel.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);

/**
 * How much of `pattern` a kernel is; null where it is another one.
 * @param {Float32Array} kernel
 * @param {Float32Array} pattern
 */
function shareOf(kernel, pattern) {
  const most = sizeOf(pattern);
  if (!most) return 0;
  const at = pattern.findIndex((weight) => Math.abs(weight) === most);
  const share = kernel[at] / pattern[at];
  return kernel.every((weight, place) => Math.abs(weight - share * pattern[place]) <= 1e-6 * most)
    ? share
    : null;
}

/**
 * @param {Float32Array} kernel
 * @param {number} size
 * @param {number} width
 * @returns {import("./taps.js").Taps}
 */
function gridTaps(kernel, size, width) {
  const offsets = Array.from(kernel, (_, at) => Math.floor(at / size) * width + (at % size));
  return { offsets, weights: [...kernel] };
}
