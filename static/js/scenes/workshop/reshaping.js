// @ts-check
// The same filters in another size, or for another number of channels.

import { SMALLEST } from "../../kernels/hand_made.js";
import { makeStart } from "./starts.js";

/** @typedef {import("./edits.js").Filters} Filters */

/**
 * Filters of another size: formulas are worked out anew, others cut or given zeros around.
 * @param {Filters} filters
 * @param {number} size
 */
export function withSize(filters, size) {
  return reshaped(filters, { size }, (weights) => cut(weights, filters.size, size, filters.channels));
}

/**
 * One channel in, or three: what a gray picture is answered stays the same.
 * @param {Filters} filters
 * @param {number} channels
 */
export function withChannels(filters, channels) {
  return reshaped(filters, { channels }, (weights) => recoloured(weights, filters.channels, channels));
}

/**
 * @param {Filters} filters
 * @param {{size?: number, channels?: number}} shape
 * @param {(weights: Float32Array) => Float32Array} refit  of what follows from no formula
 * @returns {Filters}
 */
function reshaped(filters, shape, refit) {
  const { size, channels, slots } = { ...filters, ...shape };
  const refitted = slots.map((slot) => {
    if (!slot?.start || size < SMALLEST) return slot && { ...slot, weights: refit(slot.weights) };
    return { ...makeStart(slot.start, size, channels, slots.length), start: slot.start };
  });
  return { ...filters, size, channels, slots: refitted };
}

/**
 * The middle of a filter, or the filter amid zeros.
 * @param {Float32Array} weights
 * @param {number} from
 * @param {number} to
 * @param {number} channels
 */
export function cut(weights, from, to, channels) {
  const shift = Math.floor((from - to) / 2);
  return Float32Array.from({ length: to * to * channels }, (_, at) => {
    const place = Math.floor(at / channels);
    const [row, column] = [Math.floor(place / to) + shift, (place % to) + shift];
    const inside = row >= 0 && row < from && column >= 0 && column < from;
    return inside ? weights[(row * from + column) * channels + (at % channels)] : 0;
  });
}

/** @param {Float32Array} weights @param {number} from @param {number} to */
export function recoloured(weights, from, to) {
  if (from === to) return weights;
  return Float32Array.from({ length: (weights.length / from) * to }, (_, at) => {
    const first = Math.floor(at / to) * from;
    let sum = 0;
    for (let channel = 0; channel < from; channel++) sum += weights[first + channel];
    return sum / to;
  });
}
