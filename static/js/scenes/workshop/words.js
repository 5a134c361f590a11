// @ts-check
// What the workshop says, and how it reads and writes numbers.

import { fixed } from "../../words/numbers.js";
import { LARGEST_SIZE, LARGEST_WEIGHT } from "./edits.js";

/** As short as a cell needs it: `.05`, `−.12`, `1.5`, `12`. @param {number} value */
export function short(value) {
  const places = Math.abs(value) >= 99.5 ? 0 : Math.abs(value) >= 9.95 ? 1 : 2;
  return fixed(value, places).replace(/^(−?)0\./, "$1.");
}

/**
 * The weight that somebody typed: `-.12`, `−0,12`, `3`; null while it is none yet or can't be.
 * @param {string} text
 */
export function weightIn(text) {
  const plain = text.trim().replace("−", "-").replace(",", ".");
  if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d{1,2})?$/i.test(plain)) return null;
  const value = Number(plain);
  return Math.abs(value) <= LARGEST_WEIGHT ? value : null;
}

/** Characters that begin or go on with a number. @param {string} key */
export const isOfNumber = (key) => /^[-−+.,\d]$/.test(key);

/** @param {number} filled @param {number} count */
export function underOf(filled, count) {
  if (!filled) return "Nobody has to: training finds them. But you can. Type numbers, or begin with a start.";
  const many = filled === count ? `All ${count}` : `${filled} of ${count}`;
  return `${many} are filled. A filter answers at once.`;
}

/**
 * How the colours of cells are to be read.
 * @param {number} limit
 * @param {boolean} isColour  the three channels differ and are painted together
 */
export function scaleWords(limit, isColour) {
  if (isColour) return "mean of three";
  return `darkest ±${fixed(limit)}`;
}

/** Why a layer's filters can't be had here; empty where they can. @param {number[]} shape  HWIO */
export function unfit([height, width, channels]) {
  if (height !== width || height > LARGEST_SIZE)
    return `Its filters are ${height} × ${width}; here they are square, ${LARGEST_SIZE} pixels at most.`;
  if (channels !== 1 && channels !== 3)
    return `Its filters have ${channels} channels; the workshop takes one (gray) or three (colour).`;
  return "";
}

/**
 * What happens to a learned filter that is put into this bank.
 * @param {number[]} shape  HWIO
 * @param {{size: number, channels: number}} bank
 */
export function fittedWords([own, , from], { size, channels }) {
  const click = "Click one to begin with it";
  if (own === size && from === channels) return `${click}.`;
  const cutting = own > size ? "cut to the middle" : own < size ? "given zeros around" : "";
  const colours =
    from === channels ? "" : channels === 1 ? "its three channels added up" : "spread over three channels";
  return `${click}: ${own} × ${own}, ${[cutting, colours].filter(Boolean).join(", ")}.`;
}
