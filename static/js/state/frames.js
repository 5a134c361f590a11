// @ts-check
// Snapshots in memory, in the order of their steps.

import { VERDICTS } from "../contract.js";
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
 * @returns {Frame}
 */
export function frameOf(data) {
  const shape = /** @type {Kernel["shape"]} */ (decodeShape(data.kernel));
  const weights = /** @type {Float32Array} */ (decodeArray(data.kernel));
  return {
    ...makeFrame(
      data.step,
      data.layer,
      { shape, weights },
      data.score ? verdictsFrom((name) => data[name]) : null,
    ),
    bias: data.bias ?? null,
  };
}

/**
 * All frames of a film as the API tells it.
 * @param {import("../net/answers.js").FilmAnswer} film
 * @returns {Frame[]}
 */
export function framesOfFilm(film) {
  const [, ...shape] = decodeShape(film.kernels);
  const all = /** @type {Float32Array} */ (decodeArray(film.kernels));
  const size = shape.reduce((product, length) => product * length, 1);
  return film.steps.map((step, index) => {
    const weights = all.subarray(index * size, (index + 1) * size);
    const kernel = { shape: /** @type {Kernel["shape"]} */ (shape), weights };
    const frame = makeFrame(
      step,
      film.layer,
      kernel,
      film.score ? verdictsFrom((name) => film[name]?.[index]) : null,
    );
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
  return { step, layer, kernel, verdicts, sizes: sizeHistogram(kernel.weights) };
}

/** @param {(name: keyof Verdicts) => unknown} told @returns {Verdicts} */
function verdictsFrom(told) {
  return /** @type {Verdicts} */ (Object.fromEntries(VERDICTS.map((name) => [name, told(name)])));
}
