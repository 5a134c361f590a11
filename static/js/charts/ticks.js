// @ts-check
// Numbers along a scale of values: few, round, and the same on the page, in its file and in exports.
// `app/export/charts/` has the same rules; a test holds the two together.

/** @typedef {{value: number, text: string}} Tick */

/** Of shares, which are said in per cent. @type {Tick[]} */
export const PERCENT = [
  { value: 0, text: "0" },
  { value: 0.5, text: "50" },
  { value: 1, text: "100" },
];

/** Of scores from 0 to 1. @type {Tick[]} */
export const SCORES = [0, 0.5, 1].map((value) => ({ value, text: String(value) }));

/** The scale of errors reaches so far at least, and a little beyond the highest. */
const USUAL_ERROR = 2.4;
const BEYOND = 1.06;

/** Where a scale of errors ends. @param {...number[]} curves */
export const topOfErrors = (...curves) =>
  BEYOND * curves.flat().reduce((most, value) => Math.max(most, value), USUAL_ERROR);

/** Two to four round numbers from 0 on. @param {number} most  where the scale ends @returns {Tick[]} */
export function roundTicks(most) {
  const power = 10 ** Math.floor(Math.log10(most));
  const wide = [0.5, 1, 2, 5].map((part) => part * power).find((part) => most / part <= 3.5) ?? power;
  return Array.from({ length: Math.floor(most / wide) + 1 }, (_, index) => ({
    value: index * wide,
    text: shortened(index * wide),
  }));
}

/** `0.5`, `2000`, `50k`, `3M`: beside the axis is room for five letters. @param {number} value */
function shortened(value) {
  const [unit, sign] = value >= 1e6 ? [1e6, "M"] : value >= 1e4 ? [1e3, "k"] : [1, ""];
  return Number((value / unit).toPrecision(6)) + sign;
}
