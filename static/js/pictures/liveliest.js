// @ts-check
// Where to look first: the place whose patch has the most contrast. It follows
// from the picture alone, so no step moves it.

import { isInside, workOut } from "./convolution.js";
import { outputSize, spanOf } from "./laying.js";

/** Of more places every so many is tried. */
const MOST_PLACES = 2500;

/** @type {WeakMap<object, Map<string, [number, number]>>} */
const known = new WeakMap();

/** @param {import("./convolution.js").Task} task @returns {[number, number]} row and column of the answer */
export function liveliest(task) {
  const picture = /** @type {object} */ (task.input.values);
  const places = known.get(picture) ?? new Map();
  known.set(picture, places);
  const { padding, strides, across, dilation } = task.laying;
  const key = [padding, strides, across, dilation, ...task.kernel.shape].join();
  const found = places.get(key) ?? seek(task);
  places.set(key, found);
  return found;
}

/** @param {import("./convolution.js").Task} task @returns {[number, number]} */
function seek(task) {
  const [rows, columns] = outputSize(task);
  let best = /** @type {[number, number]} */ ([0, 0]);
  let most = -1;
  const pace = Math.max(1, Math.ceil(Math.sqrt((rows * columns) / MOST_PLACES)));
  for (let row = 0; row < rows; row += pace) {
    for (let column = 0; column < columns; column += pace) {
      const worked = workOut(task, row, column);
      const spread = !isWithin(task, worked) ? 0 : spreadOf(worked.patch);
      if (spread > most) [most, best] = [spread, [row, column]];
    }
  }
  return best;
}

/**
 * Whether no zeros lie under the filter: beside a picture they are the strongest contrast of all.
 * @param {import("./convolution.js").Task} task
 * @param {{top: number, left: number}} corner
 */
const isWithin = (task, { top, left }) =>
  isInside(task.input, top, left) &&
  isInside(task.input, top + spanOf(task, 0) - 1, left + spanOf(task, 1) - 1);

/** @param {Float64Array} values */
function spreadOf(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}
