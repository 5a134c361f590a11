// @ts-check
// The patterns of hand-made filters in the image plane, from formulas that `app/engine/banks.py` has too.

/** @typedef {Float64Array} Plane  size · size numbers, row after row */

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
  for (let length = 2; length <= size; length++)
    row = [...row, 0].map((value, at) => value + (row[at - 1] ?? 0));
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
