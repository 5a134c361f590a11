// @ts-check
// One signed colour scale: −limit is dark blue, 0 paper, +limit dark orange, in both themes.

import { LEVELS, STOPS } from "../contract.js";

const MIDDLE = (LEVELS - 1) / 2;

/** RGB of each level, −1 first. */
export const DIVERGING = buildTable();

/** The same as whole pixels, as an image's memory holds them. */
export const DIVERGING_PIXELS = pixelsOf(DIVERGING);

/** The level of a weight; what is no number has that of 0. @param {number} weight @param {number} limit */
export function levelOf(weight, limit) {
  const share = weight / limit;
  if (share >= 1) return LEVELS - 1;
  if (share > -1) return ((share + 1) * MIDDLE + 0.5) | 0; // rounded: it is above 0
  return share <= -1 ? 0 : MIDDLE;
}

/**
 * Colours each value's pixel by its level; a picture's million share one division.
 * @param {Uint32Array} pixels
 * @param {Float32Array} values
 * @param {number} limit
 */
export function colourPixels(pixels, values, limit) {
  const scale = MIDDLE / limit;
  for (let at = 0; at < values.length; at++) {
    const level = values[at] * scale + (MIDDLE + 0.5);
    const there = level >= LEVELS ? LEVELS - 1 : level > 0 ? level | 0 : level <= 0 ? 0 : MIDDLE;
    pixels[at] = DIVERGING_PIXELS[there];
  }
}

/** @param {Uint8ClampedArray} table  RGB, level after level */
function pixelsOf(table) {
  const bytes = new Uint8ClampedArray((table.length / 3) * 4).fill(255);
  for (let at = 0; at < table.length; at++) bytes[Math.floor(at / 3) * 4 + (at % 3)] = table[at];
  return new Uint32Array(bytes.buffer);
}

function buildTable() {
  const table = new Uint8ClampedArray(LEVELS * 3);
  const colours = STOPS.map((hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)));
  for (let level = 0; level < LEVELS; level++) {
    const place = (level / (LEVELS - 1)) * (STOPS.length - 1);
    const stop = Math.min(STOPS.length - 2, Math.floor(place));
    for (let channel = 0; channel < 3; channel++) {
      const from = colours[stop][channel];
      table[level * 3 + channel] = from + (colours[stop + 1][channel] - from) * (place - stop);
    }
  }
  return table;
}
