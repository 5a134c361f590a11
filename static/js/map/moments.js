// @ts-check
// A moment of all runs of a sweep: where it lies on the scrubber, and how it is called.

import { along, shareAlong, stepAt } from "../charts/axis.js";
import { grouped, percent } from "../words/numbers.js";

/** @typedef {{total: number | null, moment: number | null}} Axis  total: null where lengths differ;
 *   moment: a step or a share; null is each run's newest */

/** Where a moment lies, 0 to 1. @param {Axis} axis */
export const placeOf = ({ total, moment }) =>
  moment === null ? 1 : total === null ? moment : shareAlong(moment, total);

/** The moment at that place; the end is the newest of each.
 * @param {number} place @param {number | null} total */
export function momentAt(place, total) {
  if (place >= 1) return null;
  const inside = Math.max(0, place);
  return total === null ? Math.round(inside * 100) / 100 : Math.round(stepAt(inside * along(total)));
}

/** @param {Axis} axis */
export function momentWords({ total, moment }) {
  if (moment === null) return total === null ? "at its end" : `at step ${grouped(total)}`;
  return total === null ? `at ${percent(moment)} of its length` : `at step ${grouped(moment)}`;
}
