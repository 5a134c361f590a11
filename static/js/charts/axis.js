// @ts-check
// The one time axis, x = log(1 + step/5): half the story happens in the first sixty steps.
// `app/stretched.py` has the same rules for exports; a test holds the two together.

import { AXIS_STEPS, BINS_PER_UNIT, ROUND_STEPS } from "../contract.js";

/** @param {number} step */
export const along = (step) => Math.log1p(step / AXIS_STEPS);

/** The step at `x`. @param {number} x */
export const stepAt = (x) => AXIS_STEPS * Math.expm1(x);

/** Where `step` lies on an axis of `total` steps, 0 to 1. @param {number} step @param {number} total */
export const shareAlong = (step, total) => (total > 0 ? Math.min(1, along(step) / along(total)) : 0);

/**
 * Round steps with at least `room` between them as a share of the axis; 0 and the end always.
 * @param {number} total
 * @param {number} room
 * @returns {number[]}
 */
export function roundSteps(total, room) {
  if (total <= 0) return [0];
  const ticks = [0];
  for (const step of ROUND_STEPS) {
    const place = shareAlong(step, total);
    const clear = place - shareAlong(ticks[ticks.length - 1], total) >= room;
    if (step > 0 && step < total && clear && 1 - place >= room) ticks.push(step);
  }
  return [...ticks, total];
}

/** The number of the bin that a step is drawn in: all equally wide on the axis. @param {number} step */
export const binOf = (step) => Math.floor(BINS_PER_UNIT * along(step));
