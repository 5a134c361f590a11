// @ts-check
// From a slider's place to a value and back: evenly where the range is short, by ratios where it is long.

/** @typedef {import("../../recipe_catalogue.js").Setting} Setting */

export const PLACES = 200;
const LONG = 24; // how often the least value goes into the largest before ratios are what counts
const LEAST_SHARE = 1e-4; // where a range begins at zero, the first value above it

/** What a slider is for, of values that may be any size. @type {Record<string, [number, number]>} */
const USUAL = { learning_rate: [1e-4, 10], weight_decay: [0, 1], steps: [1, 1e5], epsilon: [1e-8, 1] };

/** @param {Setting} setting @returns {{low: number, high: number, byRatio: boolean}} */
function rangeOf(setting) {
  const { name, kind, minimum, maximum, above, below } = setting;
  const [least, most] = USUAL[name] ?? [-Infinity, Infinity];
  const low = Math.max(least, minimum ?? above ?? 0);
  const high = Math.min(most, maximum ?? below ?? 1);
  const isShare = kind === "number" && low === 0 && high === 1 && below === 1;
  return { low, high, byRatio: !isShare && high / Math.max(low, LEAST_SHARE) > LONG };
}

/** @param {Setting} setting @param {number} value @returns {number}  0 to PLACES */
export function placeOf(setting, value) {
  const { low, high, byRatio } = rangeOf(setting);
  const held = Math.max(low, Math.min(high, value));
  if (!byRatio) return Math.round((PLACES * (held - low)) / (high - low));
  const first = low || firstAbove(high);
  if (held < first) return 0;
  const share = Math.log(held / first) / Math.log(high / first);
  return Math.round(low === 0 ? 1 + (PLACES - 1) * share : PLACES * share);
}

/** @param {Setting} setting @param {number} place  0 to PLACES */
export function valueAt(setting, place) {
  const { low, high, byRatio } = rangeOf(setting);
  const whole = setting.kind === "integer";
  if (place >= PLACES && setting.below === undefined) return high;
  if (!byRatio) return tidy(low + ((high - low) * place) / PLACES, setting, whole);
  if (low === 0 && place === 0) return 0;
  const first = low || firstAbove(high);
  const share = low === 0 ? (place - 1) / (PLACES - 1) : place / PLACES;
  return tidy(first * (high / first) ** share, setting, whole);
}

/** @param {number} high */
const firstAbove = (high) => high * LEAST_SHARE;

/**
 * A value that reads well, within what is allowed.
 * @param {number} value
 * @param {Setting} setting
 * @param {boolean} whole
 */
function tidy(value, setting, whole) {
  if (whole) return value < 100 ? Math.round(value) : Number(value.toPrecision(2));
  const rounded = Number(value.toPrecision(value < 1 && setting.below === 1 ? 3 : 2));
  const { below } = setting;
  if (below !== undefined && rounded >= below) return below - 0.01;
  return Number(rounded.toFixed(below === 1 ? 2 : 12));
}
