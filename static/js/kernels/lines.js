// @ts-check
// A line of weights laid over a picture, across or down: four answers at a time share what they read.

import { addTaps } from "./taps.js";

const EIGHT = 8;
const FOUR = 4;

/**
 * Adds a line of weights at each place.
 * @param {Float32Array} out
 * @param {[number, number]} size  of it, rows and columns
 * @param {Float32Array} source
 * @param {number} width  of the source
 * @param {Float64Array} weights
 * @param {boolean} isDown  else across
 */
export function addLine(out, size, source, width, weights, isDown) {
  const stride = isDown ? width : 1;
  const whole = weights.length - (weights.length % EIGHT);
  for (let at = 0; at < whole; at += EIGHT) {
    const part = weights.slice(at, at + EIGHT);
    (isDown ? addDown : addAcross)(out, size, source.subarray(at * stride), width, part);
  }
  if (whole < weights.length)
    addTaps(out, size, source.subarray(whole * stride), width, tapsOf(weights.slice(whole), stride));
}

/** @param {Float64Array} weights @param {number} stride @returns {import("./taps.js").Taps} */
const tapsOf = (weights, stride) => ({
  offsets: Array.from(weights, (_, at) => at * stride),
  weights: Array.from(weights),
});

/** @typedef {(out: Float32Array, size: [number, number], source: Float32Array, width: number,
 *   weights: Float64Array) => void} AddLine */

/** @type {AddLine} */
function addAcross(out, [rows, columns], source, width, weights) {
  const rest = columns % FOUR;
  for (let row = 0; row < rows; row++) {
    const [to, from] = [row * columns, row * width];
    addFour(out, to, 1, (columns - rest) / FOUR, FOUR, source, from, 1, weights);
    for (let x = columns - rest; x < columns; x++)
      for (let tap = 0; tap < EIGHT; tap++) out[to + x] += weights[tap] * source[from + x + tap];
  }
}

/** @type {AddLine} */
function addDown(out, [rows, columns], source, width, weights) {
  const rest = rows % FOUR;
  for (let row = 0; row < rows - rest; row += FOUR)
    addFour(out, row * columns, columns, columns, 1, source, row * width, width, weights);
  const first = rows - rest;
  const taps = tapsOf(weights, width);
  if (rest)
    addTaps(out.subarray(first * columns), [rest, columns], source.subarray(first * width), width, taps);
}

/**
 * Adds eight weights to four answers along the line, `count` times.
 * @param {Float32Array} out
 * @param {number} to
 * @param {number} next  from one of the four answers to the other
 * @param {number} count
 * @param {number} by  from one time to the other
 * @param {Float32Array} a
 * @param {number} from
 * @param {number} s  from one number of the line to the other
 * @param {Float64Array} weights
 */
function addFour(out, to, next, count, by, a, from, s, [w0, w1, w2, w3, w4, w5, w6, w7]) {
  for (let time = 0, p = from, q = to; time < count; time++, p += by, q += by) {
    const a0 = a[p];
    const a1 = a[p + s];
    const a2 = a[p + 2 * s];
    const a3 = a[p + 3 * s];
    const a4 = a[p + 4 * s];
    const a5 = a[p + 5 * s];
    const a6 = a[p + 6 * s];
    const a7 = a[p + 7 * s];
    const a8 = a[p + 8 * s];
    const a9 = a[p + 9 * s];
    const a10 = a[p + 10 * s];
    out[q] += w0 * a0 + w1 * a1 + w2 * a2 + w3 * a3 + w4 * a4 + w5 * a5 + w6 * a6 + w7 * a7;
    out[q + next] += w0 * a1 + w1 * a2 + w2 * a3 + w3 * a4 + w4 * a5 + w5 * a6 + w6 * a7 + w7 * a8;
    out[q + 2 * next] += w0 * a2 + w1 * a3 + w2 * a4 + w3 * a5 + w4 * a6 + w5 * a7 + w6 * a8 + w7 * a9;
    out[q + 3 * next] += w0 * a3 + w1 * a4 + w2 * a5 + w3 * a6 + w4 * a7 + w5 * a8 + w6 * a9 + w7 * a10;
  }
}
