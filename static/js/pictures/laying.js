// @ts-check
// How a filter lies over a picture: steps, zeros around it, gaps between its weights, and what comes out.

/**
 * @typedef {0 | 1} Axis  down, across
 * @typedef {[[number, number], [number, number]]} Zeros  before and after, down and across
 * @typedef {object} Laying
 * @property {"valid" | "same" | Zeros} padding
 * @property {number} strides  down, and across unless something else is said
 * @property {number} [across]
 * @property {[number, number]} [dilation]  how far weights lie apart; 1, 1 unless said
 * @property {boolean} flip
 *
 * @typedef {{input: {shape: number[]}, kernel: {shape: number[]}, laying: Laying}} Laid
 */

/** @param {Laying} laying @param {Axis} axis */
const stepOf = ({ strides, across = strides }, axis) => (axis ? across : strides);

/** How far weights lie apart. @param {Laying} laying @returns {[number, number]} */
export const gapsOf = ({ dilation = [1, 1] }) => dilation;

/** Over how many rows or columns of the picture the filter reaches. @param {Laid} laid @param {Axis} axis */
export const spanOf = ({ kernel, laying }, axis) => (kernel.shape[axis] - 1) * gapsOf(laying)[axis] + 1;

/**
 * Rows and columns that come out; below 1 where the filter is larger than what it is laid over.
 * @param {Laid} laid
 * @returns {[number, number]}
 */
export function outputSize(laid) {
  const { input, laying } = laid;
  const along = (/** @type {Axis} */ axis) => {
    if (laying.padding === "same") return Math.ceil(input.shape[axis] / stepOf(laying, axis));
    const [before, after] = laying.padding === "valid" ? [0, 0] : laying.padding[axis];
    return Math.floor((input.shape[axis] + before + after - spanOf(laid, axis)) / stepOf(laying, axis)) + 1;
  };
  return [along(0), along(1)];
}

/**
 * Zeros before the first row and column; of an odd number the one left over goes after.
 * @param {Laid} laid
 * @returns {[number, number]}
 */
export function padsBefore(laid) {
  const { input, laying } = laid;
  if (laying.padding === "valid") return [0, 0];
  if (laying.padding !== "same") return [laying.padding[0][0], laying.padding[1][0]];
  const outputs = outputSize(laid);
  const before = (/** @type {Axis} */ axis) => {
    const reach = (outputs[axis] - 1) * stepOf(laying, axis) + spanOf(laid, axis);
    return Math.floor(Math.max(reach - input.shape[axis], 0) / 2);
  };
  return [before(0), before(1)];
}

/**
 * Where in the picture the window of an answer begins.
 * @param {Laid} laid
 * @param {number} row
 * @param {number} column
 * @returns {[number, number]}
 */
export function cornerOf(laid, row, column) {
  const [above, before] = padsBefore(laid);
  return [row * stepOf(laid.laying, 0) - above, column * stepOf(laid.laying, 1) - before];
}

/**
 * The row or column of the answer whose window has its middle nearest to a point of the picture.
 * @param {Laid} laid
 * @param {number} middle  in pixels
 * @param {Axis} axis
 */
export function placeAbout(laid, middle, axis) {
  const first = middle - spanOf(laid, axis) / 2 + padsBefore(laid)[axis];
  return Math.max(0, Math.min(outputSize(laid)[axis] - 1, Math.round(first / stepOf(laid.laying, axis))));
}
