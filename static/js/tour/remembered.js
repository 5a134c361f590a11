// @ts-check
// Where the tour was left; where nothing can be kept, it begins anew.

import { clampTour } from "../state/tour.js";

const KEY = "filterscope-tour";

/** The step to go on with, or null. @returns {number | null} */
export function remembered() {
  try {
    const kept = localStorage.getItem(KEY) ?? "";
    return /^\d{1,2}$/.test(kept) ? clampTour(Number(kept)) : null;
  } catch {
    return null; // the browser keeps nothing for us
  }
}

/** @param {number | null} step  null forgets it */
export function remember(step) {
  try {
    if (step === null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, String(step));
  } catch {
    // The tour goes on without.
  }
}
