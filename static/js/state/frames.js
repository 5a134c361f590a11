// @ts-check
// Snapshots in memory, in the order of their steps.

import { VERDICTS } from "../contract.js";
import { laidOut } from "../kernels/laid_out.js";
import { decodeArray, decodeShape } from "../net/typed_array.js";
import { sizeHistogram } from "../kernels/quantile.js";

/**
 * @typedef {import("../types.js").Frame} Frame
 * @typedef {import("../types.js").Kernel} Kernel
 * @typedef {import("../types.js").Verdicts} Verdicts
 */

/**
 * The frame that a `snapshot` event (or the same JSON from elsewhere) describes.
 * @param {import("../net/answers.js").FirstSnapshot} data
 * @param {string} [kind]  of its layer
 * @returns {Frame}
 */
export function frameOf(data, kind) {
  const weights = /** @type {Float32Array} */ (decodeArray(data.kernel));
  const kernel = laidOut({ shape: decodeShape(data.kernel), weights }, kind);
  const verdicts = data.score ? verdictsFrom((name) => data[name]) : null;
  return { ...makeFrame(data.step, data.layer, kernel, verdicts), bias: data.bias ?? null };
}

/**
 * All frames of a film as the API tells it.
 * @param {import("../net/answers.js").FilmAnswer} film
 * @param {string} [kind]  of its layer
 * @returns {Frame[]}
 */
export function framesOfFilm(film, kind) {
  const [, ...shape] = decodeShape(film.kernels);
  const all = /** @type {Float32Array} */ (decodeArray(film.kernels));
  const size = shape.reduce((product, length) => product * length, 1);
  return film.steps.map((step, index) => {
    const weights = all.subarray(index * size, (index + 1) * size);
    const kernel = laidOut({ shape, weights }, kind);
    // A frame with a weight that is no number is among the others, without a verdict on it.
    const verdicts = film.score?.[index] ? verdictsFrom((name) => film[name]?.[index]) : null;
    const frame = makeFrame(step, film.layer, kernel, verdicts);
    return { ...frame, bias: film.bias?.[index] ?? null };
  });
}

/**
 * `frames` with `frame` at its place; a frame of the same step is replaced.
 * @param {Frame[]} frames
 * @param {Frame} frame
 */
export function insertFrame(frames, frame) {
  const index = indexAt(frames, frame.step);
  if (index === frames.length - 1 && frames[index]?.step !== frame.step) return [...frames, frame];
  const replaced = frames[index]?.step === frame.step ? 1 : 0;
  return frames.toSpliced(index + 1 - replaced, replaced, frame);
}

/**
 * Index of the last frame at or before `step`; −1 when there is none.
 * @param {Frame[]} frames
 * @param {number} step
 */
export function indexAt(frames, step) {
  let low = 0;
  let high = frames.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (frames[middle].step <= step) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * @param {number} step
 * @param {string} layer
 * @param {Kernel} kernel
 * @param {Verdicts | null} verdicts
 * @returns {Omit<Frame, "bias">}
 */
function makeFrame(step, layer, kernel, verdicts) {
  const isBroken = holdsNoNumbers(kernel.weights);
  const sizes = sizeHistogram(kernel.weights);
  return { step, layer, kernel, verdicts, sizes, ...(isBroken && { isBroken }) };
}

/** Whether a weight is NaN or infinite. @param {Float32Array} weights */
function holdsNoNumbers(weights) {
  for (let at = 0; at < weights.length; at++) if (weights[at] - weights[at] !== 0) return true;
  return false;
}

/** @param {(name: keyof Verdicts) => unknown} told @returns {Verdicts} */
function verdictsFrom(told) {
  return /** @type {Verdicts} */ (Object.fromEntries(VERDICTS.map((name) => [name, told(name)])));
}
