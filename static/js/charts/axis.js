// @ts-check
// The one time axis, x = log(1 + step/5): half the story happens in the first sixty steps.
// `app/stretched.py` has the same rules for exports; a test holds the two together.

/** @param {number} step */
export const along = (step) => Math.log1p(step / 5);

/** The step at `x`. @param {number} x */
export const stepAt = (x) => 5 * Math.expm1(x);

/** Where `step` lies on an axis of `total` steps, 0 to 1. @param {number} step @param {number} total */
export const shareAlong = (step, total) => (total > 0 ? Math.min(1, along(step) / along(total)) : 0);

const ROUND = [
  0, 3, 10, 30, 60, 100, 200, 300, 400, 600, 1000, 2000, 3000, 5000, 10000, 20000, 50000, 100000, 200000,
  500000, 1000000,
];

/**
 * Round steps with at least `room` between them as a share of the axis; 0 and the end always.
 * @param {number} total
 * @param {number} room
 * @returns {number[]}
 */
export function roundSteps(total, room) {
  if (total <= 0) return [0];
  const ticks = [0];
  for (const step of ROUND) {
    const place = shareAlong(step, total);
    const clear = place - shareAlong(ticks[ticks.length - 1], total) >= room;
    if (step > 0 && step < total && clear && 1 - place >= room) ticks.push(step);
  }
  return [...ticks, total];
}

const BINS_PER_UNIT = 24;

/** The number of the bin that a step is drawn in: all equally wide on the axis. @param {number} step */
export const binOf = (step) => Math.floor(BINS_PER_UNIT * along(step));
