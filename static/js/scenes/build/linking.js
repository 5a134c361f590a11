// @ts-check
// What a draft changes of its experiment, as the address says it, and a draft as the address has it.

import { linkTo } from "../../net/address.js";
import { changedBy, differences } from "../../state/chosen.js";
import { replaced } from "./draft.js";

/**
 * @typedef {import("./draft.js").Draft} Draft
 * @typedef {import("../../state/chosen.js").Changes} Changes
 */

/** @param {Draft} draft @returns {Changes} */
export const changesOf = ({ base, recipe }) => differences(base.recipe, recipe);

/**
 * With just these changes; a draft that has them already stays, with its past.
 * @param {Draft} draft
 * @param {Changes} said
 */
export function linked(draft, said) {
  if (wordsOf(changesOf(draft)) === wordsOf(said)) return draft;
  const recipe = /** @type {unknown} */ (changedBy(draft.base.recipe, said));
  return replaced(draft, /** @type {import("./draft.js").Recipe} */ (recipe), "From the link");
}

/** The same for the same changes, in whatever order. @param {Changes} changes */
export const wordsOf = (changes) => JSON.stringify(Object.entries(changes).sort());

/**
 * The link to what a draft trains: an experiment and all that differs.
 * @param {Draft} draft
 * @param {import("../../types.js").Preset[]} presets  of which there is at least one
 * @param {string} [scene]  in which it is to be trained
 */
export function linkOf({ base, recipe }, presets, scene = "live") {
  const preset = presets.find(({ name }) => name === base.preset) ?? presets[0];
  const whole = { ...preset.recipe, name: preset.title };
  const settings = differences(whole, recipe);
  if (base.preset === preset.name) delete settings.name; // as the experiment's own runs are called
  const nowhere = { run: null, step: null, layer: null, filter: null, details: {}, scene };
  const look = { mode: /** @type {const} */ ("weights"), scale: /** @type {const} */ ("shared") };
  const path = linkTo({ ...nowhere, ...look, choice: { preset: preset.name, settings } });
  return new URL(path, location.href).href;
}
