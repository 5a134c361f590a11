// @ts-check
// What can be done to a bank of filters, each as a function of the bank before. Nothing is changed in place.

import { filterOf } from "../../kernels/slices.js";
import { makeStart } from "./starts.js";

/**
 * @typedef {import("./starts.js").Start} Start
 *
 * @typedef {object} Slot  One filter of the bank.
 * @property {Float32Array} weights  size · size · channels: height, width, channels
 * @property {string} label  said below it: `120°`, `Sobel ↕`, `own`
 * @property {Start | null} start  the formula it follows from; null once numbers were changed by hand
 *
 * @typedef {object} Filters
 * @property {number} size  pixels a side, 1 to 11
 * @property {number} channels  1 or 3
 * @property {(Slot | null)[]} slots  as many as the layer has filters; null is empty
 * @property {number} chosen  the slot in the editor
 * @property {string} name
 */

export const LARGEST_SIZE = 11;
export const SIZES = Array.from({ length: LARGEST_SIZE }, (_, at) => at + 1);
export const MOST_SLOTS = 128;
export const LARGEST_WEIGHT = 1e6; // the server takes no larger one
const OWN = "own";

/** @param {number} size @param {number} channels @param {number} count @returns {Filters} */
export const emptyFilters = (size, channels, count) => ({
  size,
  channels,
  slots: Array(count).fill(null),
  chosen: 0,
  name: "",
});

/** The numbers of a slot; zeros where it is empty. @param {Filters} filters @param {number} [at] */
export const weightsAt = ({ size, channels, slots, chosen }, at = chosen) =>
  slots[at]?.weights ?? new Float32Array(size * size * channels);

/** @param {Filters} filters @param {Slot | null} slot @param {number} [at] @returns {Filters} */
export const withSlot = (filters, slot, at = filters.chosen) => ({
  ...filters,
  slots: filters.slots.with(at, slot),
});

/**
 * One cell of the chosen filter set by hand.
 * @param {Filters} filters
 * @param {[number, number]} cell  row and column
 * @param {number | null} channel  null is all alike
 * @param {number} value
 */
export function withCell(filters, [row, column], channel, value) {
  const weights = weightsAt(filters).slice();
  const first = (row * filters.size + column) * filters.channels;
  for (let at = 0; at < filters.channels; at++)
    if (channel === null || channel === at) weights[first + at] = value;
  return withSlot(filters, { weights, label: OWN, start: null });
}

/**
 * The filter a start makes, in the chosen slot.
 * @param {Filters} filters
 * @param {Start} start
 * @param {number | null} channel
 */
export function withStart(filters, start, channel = null) {
  const { size, channels, slots } = filters;
  const made = makeStart(start, size, channels, slots.length);
  if (channel === null || channels === 1) return withSlot(filters, { ...made, start });
  const weights = weightsAt(filters).map((old, at) => (at % channels === channel ? made.weights[at] : old));
  return withSlot(filters, { weights, label: OWN, start: null });
}

/**
 * Room for more filters or fewer; those at the end go.
 * @param {Filters} filters
 * @param {number} count
 * @returns {Filters}
 */
export const withCount = (filters, count) => ({
  ...filters,
  slots: Array.from({ length: count }, (_, at) => filters.slots[at] ?? null),
  chosen: Math.min(filters.chosen, count - 1),
});

/** Without any filter. @param {Filters} filters */
export const emptied = (filters) => ({
  ...withCount({ ...filters, slots: [] }, filters.slots.length),
  chosen: 0,
});

/**
 * All weights in HWIO order; empty slots are zeros, or what `rest` has in their places.
 * @param {Filters} filters
 * @param {Float32Array} [rest]
 */
export function kernelOf({ size, channels, slots }, rest) {
  const count = slots.length;
  const all = rest?.slice() ?? new Float32Array(size * size * channels * count);
  slots.forEach((slot, filter) => slot?.weights.forEach((weight, at) => (all[at * count + filter] = weight)));
  return all;
}

/**
 * A layer's filters, one in each slot; as many slots as it has filters.
 * @param {Filters} filters
 * @param {import("../../types.js").Kernel} kernel  square, of one channel or three
 * @param {(filter: number) => string} label
 * @returns {Filters}
 */
export function withKernel(filters, kernel, label) {
  const [size, , channels, count] = kernel.shape;
  const slots = Array.from({ length: Math.min(count, MOST_SLOTS) }, (_, at) => ({
    weights: filterOf(kernel, at).weights,
    label: label(at),
    start: null,
  }));
  return { ...filters, size, channels, slots, chosen: Math.min(filters.chosen, slots.length - 1) };
}

/**
 * A bank that the server knows by its name, in every slot.
 * @param {Filters} filters
 * @param {import("../../kernels/hand_made.js").BankName} bank
 */
export const filledWith = (filters, bank) =>
  filters.slots.reduce(
    (now, _, index) => withSlot(now, makeSlot({ kind: "bank", bank, index }, now), index),
    filters,
  );

/** @param {Start} start @param {Filters} filters @returns {Slot} */
const makeSlot = (start, { size, channels, slots }) => ({
  ...makeStart(start, size, channels, slots.length),
  start,
});
