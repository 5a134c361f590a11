// @ts-check
// What lies under the microscope: a picture, one filter, how it is laid on, and at which place.

import { filterOf } from "../../kernels/slices.js";
import { limitOf } from "../../kernels/limit.js";
import { knows } from "../../state/known.js";
import { convolutionsOf } from "../../state/layers.js";
import { judgedFrame } from "../../state/selectors.js";
import { numberIn } from "../../state/details.js";
import { outputSize } from "../../pictures/convolution.js";
import { liveliest } from "../../pictures/liveliest.js";
import { levelsOf, meaningOf } from "../../pictures/levels.js";
import { IMAGE, KERNEL } from "./textbook.js";

const NO_BIASES = " This run was recorded without its biases; 0 stands for them.";

/**
 * @typedef {import("../../types.js").State} State
 * @typedef {object} Specimen
 * @property {boolean} textbook
 * @property {import("../../pictures/convolution.js").Task} task
 * @property {ArrayLike<number>} levels  brightness of the picture, 0 to 255, as its values
 * @property {number} filter  from 0
 * @property {number} limit  of the colours of weights
 * @property {number} largest  |value| of the picture
 * @property {number} step
 * @property {number[]} size  rows and columns of answers
 * @property {[number, number]} place  row and column of the answer looked at
 * @property {number} channel  shown in the tables
 * @property {string} meaning  of the picture's numbers
 * @property {{padding: string, strides: number}} own  as the layer has it
 * @property {boolean} learns  one learning step is looked at, not an answer
 */

/**
 * @param {State} state
 * @param {import("../../pictures/looking.js").Seen | null} seen
 * @returns {Specimen | null}
 */
export function specimenOf(state, seen) {
  const { details } = state.view;
  const found = isTextbook(state) ? fromTextbook() : fromRun(state, seen);
  if (!found) return null;
  const { channels, own, ...rest } = found;
  const laying = {
    padding: /** @type {"valid" | "same"} */ (
      details.border === "same" || details.border === "valid" ? details.border : own.padding
    ),
    strides: Math.max(1, Math.min(16, numberIn(details.stride) || own.strides)),
    flip: details.flip === "1",
  };
  const task = { ...rest.task, laying };
  const size = outputSize(task);
  const start = rest.textbook ? [0, 0] : liveliest(task);
  const place = [numberIn(details.row) ?? start[0], numberIn(details.column) ?? start[1]].map((at, axis) =>
    Math.min(at, size[axis] - 1),
  );
  const channel = Math.min(channels - 1, numberIn(details.channel) ?? 0);
  return {
    ...rest,
    task,
    size,
    place: /** @type {[number, number]} */ (place),
    channel,
    own,
    learns: !rest.textbook && details.act === "learn",
  };
}

/** Where no network can be shown pictures there is the textbook. @param {State} state */
export const isTextbook = (state) =>
  state.run === null || !knows(state, "data") || state.view.details.picture === "textbook";

function fromTextbook() {
  const most = Math.max(...Array.from(IMAGE.values));
  return {
    textbook: true,
    task: { input: IMAGE, kernel: KERNEL, bias: 0, activation: "linear" },
    levels: Array.from(IMAGE.values, (value) => (255 * value) / most),
    filter: 0,
    limit: 3,
    largest: most,
    step: 0,
    meaning: "",
    channels: 1,
    own: { padding: "valid", strides: 1 },
  };
}

/** @param {State} state @param {import("../../pictures/looking.js").Seen | null} seen */
function fromRun(state, seen) {
  const frame = judgedFrame(state);
  const recipe = state.run?.recipe;
  if (!frame || !seen || !recipe) return null;
  const { shape } = seen.asked.subject;
  const [layer] = convolutionsOf(recipe);
  const filter = Math.min(
    state.view.layer === null ? (state.view.filter ?? 0) : 0,
    frame.kernel.shape[3] - 1,
  );
  const scaling = recipe.scaling ?? "standard";
  return {
    textbook: false,
    task: {
      input: { values: seen.input, shape },
      kernel: volumeOf(frame.kernel, filter),
      bias: frame.bias?.[filter] ?? 0,
      activation: layer.activation ?? "linear",
    },
    levels: levelsOf(seen, scaling, shape[2]),
    filter,
    limit: limitOf(state.frames) || 1,
    largest: seen.input.reduce((most, value) => Math.max(most, Math.abs(value)), 0),
    step: frame.step,
    meaning: meaningOf(seen, scaling, shape[2]) + (frame.bias ? "" : NO_BIASES),
    channels: shape[2],
    own: { padding: layer.padding ?? "valid", strides: layer.strides ?? 1 },
  };
}

/**
 * One filter as the values that are laid on.
 * @param {import("../../types.js").Kernel} kernel
 * @param {number} filter
 * @returns {import("../../pictures/convolution.js").Volume}
 */
function volumeOf(kernel, filter) {
  const { shape, weights } = filterOf(kernel, filter);
  return { values: weights, shape: [shape[0], shape[1], shape[2]] };
}
