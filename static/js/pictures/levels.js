// @ts-check
// How bright to paint the numbers that a network sees, and what those numbers mean.

import { fixed } from "../words/numbers.js";

/** @typedef {Pick<import("./looking.js").Seen, "input" | "image">} Seen  a picture, and as it was sent */
/**
 * @typedef {{low: number, high: number, lowest: number, highest: number}} Ends  of numbers, and of the pixels
 *   they came from
 */

/**
 * The brightness, 0 to 255, of each number of `input`, where it lies.
 * Scaling is one straight line a channel, so its ends tell the pixel that a number was; only where
 * contrast was raised there is none, and gray stands for 0.
 * @param {Seen} seen
 * @param {string} scaling
 * @param {number} channels
 */
export function levelsOf({ input, image }, scaling, channels) {
  if (scaling === "local-contrast") {
    const most = input.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) || 1;
    return Float64Array.from(input, (value) => 127.5 + (127.5 * value) / most);
  }
  const ends = Array.from({ length: channels }, (_, channel) => endsOf(input, image, channel, channels));
  return Float64Array.from(input, (value, at) => pixelFor(value, ends[at % channels]));
}

/**
 * @param {Float32Array} input
 * @param {Uint8Array} image
 * @param {number} channel
 * @param {number} channels
 * @returns {Ends}
 */
function endsOf(input, image, channel, channels) {
  const ends = { low: Infinity, high: -Infinity, lowest: Infinity, highest: -Infinity };
  for (let at = channel; at < input.length; at += channels) {
    ends.low = Math.min(ends.low, input[at]);
    ends.high = Math.max(ends.high, input[at]);
    ends.lowest = Math.min(ends.lowest, image[at]);
    ends.highest = Math.max(ends.highest, image[at]);
  }
  return ends;
}

/** @param {number} value @param {Ends} ends */
function pixelFor(value, { low, high, lowest, highest }) {
  return high > low ? lowest + ((highest - lowest) * (value - low)) / (high - low) : lowest;
}

/**
 * A sentence on what the numbers of a picture mean.
 * @param {Seen} seen
 * @param {string} scaling
 * @param {number} channels
 */
export function meaningOf({ input, image }, scaling, channels) {
  if (scaling === "unit") return "Pixels: black is 0, white is 1.";
  if (scaling === "local-contrast")
    return "Pixels: 0 is like its surroundings; what stands out lies above or below.";
  if (channels > 1) return "Pixels: 0 is the average of its colour, below it is darker.";
  const { low, high, lowest, highest } = endsOf(input, image, 0, 1);
  const black = highest > lowest ? low - (lowest * (high - low)) / (highest - lowest) : low;
  return `Pixels: 0 is the average gray, black is ${fixed(black)}.`;
}
