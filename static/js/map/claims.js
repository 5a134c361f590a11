// @ts-check
// What a map shows beyond chance: the largest difference between two cells of one row or column, and only
// where it is wider than the seeds alone would scatter any two cells of the map.

import { keyOf, meanOf } from "./model.js";

/**
 * @typedef {import("./model.js").Axis} Axis
 * @typedef {{axis: number, from: number[], to: number[], low: number, high: number}} Difference
 *   of the means at two places that differ along `axis` alone; `low` is at `from`
 */

/**
 * Tukey's studentised range: of so many standard errors two of all cells differ by chance once in twenty
 * times, of up to sixty cells with three seeds.
 */
const STUDENTISED_RANGE = 6.1;
/** With fewer nobody can tell a setting from chance. */
export const LEAST_SEEDS = 3;
/** Smaller differences aren't worth a headline, however certain. */
const LEAST = 0.05;

/** Pooled over all cells with two seeds or more; null where there are none. @param {number[][]} cells */
export function pooledDeviation(cells) {
  let [squares, freedom] = [0, 0];
  for (const values of cells) {
    const mean = meanOf(values);
    if (mean === null || values.length < 2) continue;
    squares += values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    freedom += values.length - 1;
  }
  return freedom ? Math.sqrt(squares / freedom) : null;
}

/**
 * @param {number[]} one  values of seeds
 * @param {number[]} other
 * @param {number} deviation  pooled
 */
function isBeyond(one, other, deviation) {
  if (Math.min(one.length, other.length) < LEAST_SEEDS) return false;
  const difference = Math.abs(Number(meanOf(one)) - Number(meanOf(other)));
  const apart = Math.min(...one) > Math.max(...other) || Math.min(...other) > Math.max(...one);
  const [wide, wider] = [one, other].map((values) => Math.max(...values) - Math.min(...values));
  const error = deviation * Math.sqrt((1 / one.length + 1 / other.length) / 2);
  return apart && difference > Math.max(wide, wider, LEAST) && difference > STUDENTISED_RANGE * error;
}

/**
 * All differences along one axis that are more than chance, the largest first.
 * @param {Axis[]} axes
 * @param {Map<string, number[]>} values  of the seeds, by place
 * @returns {Difference[]}
 */
export function differencesOf(axes, values) {
  const deviation = pooledDeviation([...values.values()]);
  if (deviation === null) return [];
  /** @type {Difference[]} */
  const found = [];
  for (const key of values.keys()) {
    const from = key.split("-").map(Number);
    axes.forEach((axis, number) => {
      for (let place = from[number] + 1; place < axis.values.length; place++) {
        const to = from.map((index, at) => (at === number ? place : index));
        const [one, other] = [from, to].map((at) => values.get(keyOf(at)) ?? []);
        if (isBeyond(one, other, deviation))
          found.push({ axis: number, from, to, low: Number(meanOf(one)), high: Number(meanOf(other)) });
      }
    });
  }
  return found.sort((a, b) => Math.abs(b.high - b.low) - Math.abs(a.high - a.low));
}

/**
 * The same setting elsewhere with the opposite effect, the largest.
 * @param {Difference} main
 * @param {Difference[]} all
 */
export const opposite = (main, all) =>
  all.find(
    ({ axis, from, to, low, high }) =>
      axis === main.axis &&
      from[axis] === main.from[axis] &&
      to[axis] === main.to[axis] &&
      high - low > 0 !== main.high - main.low > 0,
  ) ?? null;
