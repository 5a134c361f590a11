// @ts-check
// What lies under the microscope: a picture, one filter, how it is laid on, and at which place.

import { limitOf } from "../../kernels/limit.js";
import { convolutionsOf } from "../../state/layers.js";
import { judgedFrame } from "../../state/selectors.js";
import { numberIn } from "../../state/details.js";
import { outputSize } from "../../pictures/laying.js";
import { fitOfFirstLayer, isElsewhere } from "../../pictures/fitting.js";
import { liveliest } from "../../pictures/liveliest.js";
import { levelsOf, meaningOf } from "../../pictures/levels.js";
import { fromElsewhere } from "./elsewhere.js";
import { IMAGE, KERNEL } from "./textbook.js";
import { volumeOf } from "./volume.js";

const LARGEST_STRIDE = 16;
/** More of them are neither worked out while one points, nor seen. */
const MOST_ANSWERS = 2 ** 20;
const NO_BIASES = " This run was recorded without its biases; 0 stands for them.";

/**
 * @typedef {import("../../types.js").State} State
 * @typedef {Omit<import("../../pictures/laying.js").Laying, "flip">} Own
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
 * @property {Own} own  as the layer has it
 * @property {string} [remarks]  on what of it is assumed
 * @property {boolean} learns  one learning step is looked at, not an answer
 */

/**
 * @param {State} state
 * @param {import("../../pictures/looking.js").Seen | null} seen
 * @param {import("../../pictures/subject.js").Subject | null} subject  of a network trained elsewhere
 * @returns {Specimen | null}
 */
export function specimenOf(state, seen, subject) {
  const { details } = state.view;
  const found = foundIn(state, seen, subject);
  if (!found) return null;
  const { channels, own, ...rest } = found;
  const task = { ...rest.task, laying: layingIn(details, own) };
  const size = outputSize(task);
  if (Math.min(...size) < 1 || size[0] * size[1] > MOST_ANSWERS) return null;
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
    learns: !rest.textbook && !isElsewhere(state) && details.act === "learn",
  };
}

/**
 * @param {State} state
 * @param {import("../../pictures/looking.js").Seen | null} seen
 * @param {import("../../pictures/subject.js").Subject | null} subject
 */
function foundIn(state, seen, subject) {
  if (isTextbook(state)) return fromTextbook();
  return isElsewhere(state) ? fromElsewhere(state, subject) : fromRun(state, seen);
}

/**
 * As the address says, or else as the layer has it.
 * @param {Record<string, string>} details
 * @param {Own} own
 * @returns {import("../../pictures/laying.js").Laying}
 */
function layingIn({ border, stride, flip }, own) {
  const asked = numberIn(stride);
  return {
    ...own,
    ...(border === "same" || border === "valid" ? { padding: border } : {}),
    ...(asked ? { strides: Math.min(LARGEST_STRIDE, asked), across: undefined } : {}),
    flip: flip === "1",
  };
}

/** Where no filter can be laid on pictures there is the textbook. @param {State} state */
export const isTextbook = (state) =>
  state.run === null ||
  (isElsewhere(state) && !fitOfFirstLayer(state)) ||
  state.view.details.picture === "textbook";

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
    own: /** @type {Own} */ ({ padding: "valid", strides: 1 }),
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
    own: /** @type {Own} */ ({ padding: layer.padding ?? "valid", strides: layer.strides ?? 1 }),
  };
}
