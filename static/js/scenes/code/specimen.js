// @ts-check
// One filter over one picture, as the line lays it.

import { filterOf } from "../../kernels/slices.js";
import { outputSize } from "../../pictures/laying.js";
import { levelsOf, meaningOf } from "../../pictures/levels.js";
import { liveliest } from "../../pictures/liveliest.js";
import { numberIn } from "../../state/details.js";

/**
 * @typedef {import("./subject.js").Subject} Subject
 * @typedef {object} Specimen
 * @property {import("../../pictures/convolution.js").Task} task
 * @property {import("../../types.js").Frame} frame
 * @property {ArrayLike<number>} levels  brightness of the picture, 0 to 255, as its values
 * @property {number} filter  from 0
 * @property {number} filters  how many there are
 * @property {number} limit  of the colours of weights
 * @property {number} largest  |value| of the picture
 * @property {[number, number]} size  rows and columns of answers
 * @property {[number, number]} place  row and column of the answer looked at
 * @property {number} channel  shown in the grids
 * @property {string} meaning  of the picture's numbers
 * @property {true} short  numbers without the zero before the point
 * @property {number} room  CSS pixels for the picture, and for the map
 */

/** @type {WeakMap<object, {levels: Float64Array, largest: number, meaning: string}>} */
const looks = new WeakMap();

/**
 * @param {Subject} subject
 * @param {import("./seen.js").Seen} seen
 * @param {import("../../types.js").View} view
 * @param {number} room
 * @returns {Specimen | null}
 */
export function specimenOf(subject, seen, { filter: chosen, layer: shown, details }, room) {
  const { frame, layer, limit } = subject;
  if (!frame || frame.kernel.shape[2] !== seen.shape[2]) return null;
  const filters = frame.kernel.shape[3];
  const filter = Math.min(shown === null ? (chosen ?? 0) : 0, filters - 1);
  const { shape, weights } = filterOf(frame.kernel, filter);
  const task = {
    input: { values: seen.input, shape: seen.shape },
    kernel: { values: weights, shape: /** @type {[number, number, number]} */ (shape.slice(0, 3)) },
    bias: frame.bias?.[filter] ?? 0,
    activation: layer.activation ?? "linear",
    laying: { padding: layer.padding ?? "valid", strides: layer.strides ?? 1, flip: false },
  };
  const size = outputSize(task);
  const start = liveliest(task);
  const at = (/** @type {string | undefined} */ text, /** @type {0 | 1} */ axis) =>
    Math.min(numberIn(text) ?? start[axis], size[axis] - 1);
  return {
    ...{ task, frame, filter, filters, limit, size, room },
    ...lookOf(seen, subject.recipe.scaling ?? "standard"),
    place: [at(details.row, 0), at(details.column, 1)],
    short: true,
    channel: Math.min(seen.shape[2] - 1, numberIn(details.channel) ?? 0),
  };
}

/** What follows from the picture alone. @param {import("./seen.js").Seen} seen @param {string} scaling */
function lookOf(seen, scaling) {
  const found = looks.get(seen.input);
  if (found) return found;
  const look = {
    levels: levelsOf(seen, scaling, seen.shape[2]),
    largest: seen.input.reduce((most, value) => Math.max(most, Math.abs(value)), 0),
    meaning: meaningOf(seen, scaling, seen.shape[2]),
  };
  looks.set(seen.input, look);
  return look;
}
