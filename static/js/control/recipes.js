// @ts-check
// What to ask the server to train.

/** @typedef {import("../types.js").Run} Run */

export const SPOILS = {
  none: { pixels: "natural", labels: "true" },
  pixels: { pixels: "shuffled", labels: "true" },
  labels: { pixels: "natural", labels: "random" },
};

/** A preset, spoilt or not. @param {import("../types.js").Choice} choice */
export function recipeOf({ preset, spoil }) {
  return { preset, ...(spoil === "none" ? {} : SPOILS[spoil]) };
}

/** A run's recipe once more, with some of it changed. @param {Run} run @param {object} [overrides] */
export function recipeAgain(run, overrides = {}) {
  return { ...(run.preset ? { preset: run.preset } : {}), ...run.recipe, ...overrides };
}
