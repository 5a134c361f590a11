// @ts-check
// How far the tour goes.

export const TOUR_STEPS = 11;

/** A step there is, or null. @param {number | null | undefined} step @returns {number | null} */
export function clampTour(step) {
  return step ? Math.max(1, Math.min(TOUR_STEPS, step)) : null;
}
