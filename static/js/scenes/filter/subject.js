// @ts-check
// What the scene is about: one filter, at the step looked at, in its film.

import { indexAt } from "../../state/frames.js";
import { currentFrame, isDeep, sharedLimit, shownFrames } from "../../state/selectors.js";

/**
 * @typedef {import("../../types.js").State} State
 * @typedef {import("../../types.js").Frame} Frame
 * @typedef {import("../../types.js").Kernel} Kernel
 * @typedef {object} Subject
 * @property {Frame} frame
 * @property {number} filter  from 0
 * @property {number} count  filters in the layer
 * @property {Frame[]} frames
 * @property {number} index  of the frame in them, −1 for a preview
 * @property {number} limit  of the colour scale
 * @property {boolean} deep  a later layer, of which the page has weights alone
 */

/** @param {State} state @returns {Subject | null} */
export function subjectOf(state) {
  const frame = currentFrame(state);
  if (!frame) return null;
  const frames = shownFrames(state);
  const count = frame.kernel.shape[3];
  const filter = Math.min(state.view.filter ?? 0, count - 1);
  return {
    frame,
    filter,
    count,
    frames,
    index: indexAt(frames, frame.step),
    limit: sharedLimit(state),
    deep: isDeep(state),
  };
}

/**
 * After how many steps the pull that is shown pulled: one less where that snapshot is kept, so that the
 * last step is seen whole, its gradient and what came of it; else as many as the filter has had.
 * @param {Subject} subject
 */
export const pulledAt = ({ frame, frames, index }) =>
  frames[index - 1]?.step === frame.step - 1 ? frame.step - 1 : frame.step;

/** The number of the test picture, as the address has it. @param {State} state */
export function pictureOf({ view }) {
  const { picture } = view.details;
  return picture !== undefined && /^\d{1,7}$/.test(picture) ? Number(picture) : 7;
}

/**
 * One filter's weights as a kernel of their own.
 * @param {Kernel} kernel
 * @param {number} filter
 * @returns {Kernel}
 */
export function alone({ shape, weights }, filter) {
  const [height, width, channels, count] = shape;
  const own = new Float32Array(height * width * channels);
  for (let at = 0; at < own.length; at++) own[at] = weights[at * count + filter];
  return { shape: [height, width, channels, 1], weights: own };
}

/** One channel of a single filter. @param {Kernel} kernel @param {number} channel @returns {Kernel} */
export function planeOf({ shape: [height, width, channels], weights }, channel) {
  const plane = Float32Array.from({ length: height * width }, (_, at) => weights[at * channels + channel]);
  return { shape: [height, width, 1, 1], weights: plane };
}

/** |W|. @param {ArrayLike<number>} weights */
export function lengthOf(weights) {
  let sum = 0;
  for (let at = 0; at < weights.length; at++) sum += weights[at] ** 2;
  return Math.sqrt(sum);
}

/** @param {Float32Array} one @param {Float32Array} other */
export const difference = (one, other) => one.map((value, at) => value - other[at]);

/**
 * How far the two point the same way; 0 where one has no length.
 * @param {Float32Array} one
 * @param {Float32Array} other
 */
export function cosine(one, other) {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += one[at] * other[at];
  return sum / (lengthOf(one) * lengthOf(other)) || 0;
}
