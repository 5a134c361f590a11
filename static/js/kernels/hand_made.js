// @ts-check
// Filters that people made by hand, as `app/engine/banks.py` has them: a pattern of the image plane
// times a direction in colour. A test compares the numbers of both.

import { norm } from "./vectors.js";

/**
 * @typedef {"gabor" | "sobel" | "prewitt" | "laplacian" | "dct"} BankName
 * @typedef {Float64Array} Plane  size · size numbers, row after row
 */

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

/** The same numbers, so that they are `length` long; nothing stays nothing. @param {Float32Array} weights @param {number} length */
export function scaled(weights, length) {
  const now = norm(weights);
  return now === 0 ? weights : weights.map((weight) => (weight * length) / now);
}

/** A plane in each channel, times the channel's number. @param {ArrayLike<number>} plane @param {number[]} colour */
export const spread = (plane, colour) =>
  Float32Array.from(
    { length: plane.length * colour.length },
    (_, at) => plane[Math.floor(at / colour.length)] * colour[at % colour.length],
  );

/** @param {Plane} plane */
export function centred(plane) {
  const mean = plane.reduce((sum, value) => sum + value, 0) / plane.length;
  return plane.map((value) => value - mean);
}

/** @param {number} size @param {(y: number, x: number) => number} at  from the middle @returns {Plane} */
export const planeOf = (size, at) =>
  Float64Array.from({ length: size * size }, (_, place) =>
    at(Math.floor(place / size) - (size - 1) / 2, (place % size) - (size - 1) / 2),
  );

/** @param {ArrayLike<number>} down @param {ArrayLike<number>} across @returns {Plane} */
const outer = (down, across) =>
  Float64Array.from(
    { length: down.length * across.length },
    (_, at) => down[Math.floor(at / across.length)] * across[at % across.length],
  );

/**
 * A wave under a Gaussian window of σ = size/3.2.
 * @param {number} size
 * @param {number} across  radians from the x axis, downwards, in which the wave goes
 * @param {number} wave  pixels from crest to crest
 * @param {number} phase  radians; 0 is a sine, a quarter turn a cosine
 */
export function gaborPlane(size, across, wave, phase) {
  const width = size / 3.2;
  return planeOf(size, (y, x) => {
    const along = x * Math.cos(across) + y * Math.sin(across);
    return Math.exp(-(x * x + y * y) / (2 * width * width)) * Math.sin((2 * Math.PI * along) / wave + phase);
  });
}

/** @param {number} size @param {number} down  half waves @param {number} right */
export function dctPlane(size, down, right) {
  const wave = (/** @type {number} */ count) =>
    Float64Array.from({ length: size }, (_, at) => Math.cos((count * Math.PI * (at + 0.5)) / size));
  return outer(wave(down), wave(right));
}

/**
 * A derivative along one axis, smoothed along the other.
 * @param {ArrayLike<number>} derivative
 * @param {ArrayLike<number>} smoothing
 * @param {number} angle  radians; 0 answers to what changes from left to right
 */
function steered(derivative, smoothing, angle) {
  const [right, down] = [outer(smoothing, derivative), outer(derivative, smoothing)];
  return right.map((value, at) => Math.cos(angle) * value + Math.sin(angle) * down[at]);
}

/** Row `size` of Pascal's triangle: 1 2 1 for 3. @param {number} size */
export function binomial(size) {
  let row = [1];
  for (let length = 2; length <= size; length++) row = [...row, 0].map((value, at) => value + (row[at - 1] ?? 0));
  return row;
}

/** Sobel's derivative, turned. @param {number} size @param {number} angle */
export function sobelPlane(size, angle) {
  const inner = binomial(size - 2);
  const derivative = Array.from({ length: size }, (_, at) => (inner[at - 2] ?? 0) - (inner[at] ?? 0));
  return steered(derivative, binomial(size), angle);
}

/** Prewitt's derivative, turned. @param {number} size @param {number} angle */
export const prewittPlane = (size, angle) =>
  steered(
    Array.from({ length: size }, (_, at) => at - (size - 1) / 2),
    Array(size).fill(1),
    angle,
  );

/** Centre against surround. @param {number} size @param {number} width */
export const laplacianPlane = (size, width) =>
  planeOf(size, (y, x) => {
    const distance = (x * x + y * y) / (2 * width * width);
    return (1 - distance) * Math.exp(-distance);
  });

/** @param {number} size @returns {Plane} */
export const blurPlane = (size) => outer(binomial(size), binomial(size));

/** The picture, and once more what a blur leaves of it. @param {number} size */
export function sharpenPlane(size) {
  const blur = blurPlane(size).map((value, _, all) => value / all.reduce((sum, one) => sum + one, 0));
  const reach = size % 2 ? 0.5 : 1;
  const middle = planeOf(size, (y, x) => Number(Math.abs(y) < reach && Math.abs(x) < reach));
  const share = middle.reduce((sum, value) => sum + value, 0);
  return middle.map((value, at) => (2 * value) / share - blur[at]);
}

/** Waves of the cosine transform, slow ones first, without the flat one. @param {number} size */
const wavesOf = (size) =>
  Array.from({ length: size * size }, (_, at) => [Math.floor(at / size), at % size])
    .sort((one, other) => one[0] + one[1] - other[0] - other[1] || one[0] - other[0])
    .slice(1);

/** @type {Record<BankName, (size: number, index: number, filters: number) => Plane>} */
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
