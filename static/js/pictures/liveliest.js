// @ts-check
// Where to look first: the place whose patch has the most contrast. It follows
// from the picture alone, so no step moves it.

import { outputSize, workOut } from "./convolution.js";

/** @type {WeakMap<object, Map<string, [number, number]>>} */
const known = new WeakMap();

/** @param {import("./convolution.js").Task} task @returns {[number, number]} row and column of the answer */
export function liveliest(task) {
  const picture = /** @type {object} */ (task.input.values);
  const places = known.get(picture) ?? new Map();
  known.set(picture, places);
  const key = [task.laying.padding, task.laying.strides, ...task.kernel.shape].join();
  const found = places.get(key) ?? seek(task);
  places.set(key, found);
  return found;
}

/** @param {import("./convolution.js").Task} task @returns {[number, number]} */
function seek(task) {
  const [rows, columns] = outputSize(task);
  let best = /** @type {[number, number]} */ ([0, 0]);
  let most = -1;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const spread = spreadOf(workOut(task, row, column).patch);
      if (spread > most) [most, best] = [spread, [row, column]];
    }
  }
  return best;
}

/** @param {Float64Array} values */
function spreadOf(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}
