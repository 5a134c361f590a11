// @ts-check
// What to ask the server to train.

import { inOrder, put, valueIn } from "../state/chosen.js";

/** @typedef {import("../types.js").Run} Run */

export const SPOILS = {
  none: { pixels: "natural", labels: "true" },
  pixels: { pixels: "shuffled", labels: "true" },
  labels: { pixels: "natural", labels: "random" },
};

/**
 * A preset, spoilt or not, with what is to be otherwise.
 * @param {import("../types.js").Choice} choice
 * @param {import("../types.js").Preset[] | null} [presets]
 */
export function recipeOf({ preset, spoil, changes = {} }, presets = null) {
  const spoilt = spoil === "none" ? {} : SPOILS[spoil];
  const paths = inOrder(changes);
  const asked = {};
  if (paths.some((path) => path.startsWith("layers.") && !("layers" in changes))) {
    const layers = presets?.find(({ name }) => name === preset)?.recipe.layers; // a list is sent whole
    Object.assign(asked, { layers: JSON.parse(JSON.stringify(layers ?? [])) });
  }
  for (const path of paths) put(asked, path.split("."), valueIn(changes[path]));
  return { preset, ...spoilt, ...asked };
}

/** A run's recipe once more, with some of it changed. @param {Run} run @param {object} [overrides] */
export function recipeAgain(run, overrides = {}) {
  return { ...(run.preset ? { preset: run.preset } : {}), ...run.recipe, ...lengthOf(run), ...overrides };
}

/** What it came to, where it was made longer while it trained. @param {Run} run */
const lengthOf = ({ lengthened, total_steps: total }) =>
  lengthened ? { steps: total, epochs: undefined } : {};
