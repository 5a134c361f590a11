// @ts-check
// Drafts that wait in this browser until one comes back to them, one for each thing they are made from.

import { begun } from "./draft.js";

/** @typedef {import("./draft.js").Draft} Draft */
/** @typedef {import("./draft.js").Base} Base */

const KEY = "filterscope-drafts";
const MOST_DRAFTS = 6;
const MOST_LETTERS = 200_000;

/** The draft that was left, or a new one. @param {Base} base @returns {Draft} */
export function recalled(base) {
  const kept = read().find((one) => one?.key === base.key);
  if (!kept || !isRecipe(kept.recipe) || !Array.isArray(kept.changes)) return begun(base);
  return {
    base,
    recipe: kept.recipe,
    past: kept.changes
      .filter(isRecipe)
      .map((recipe) => ({ recipe, chosen: 0, what: "Changed", setting: null })),
    chosen: Math.min(kept.chosen, kept.recipe.layers.length - 1),
  };
}

/** Something else may have been kept there, or by another version. @param {Recipe} recipe */
const isRecipe = (recipe) =>
  Array.isArray(recipe?.layers) &&
  recipe.layers.every((layer) => typeof layer?.type === "string") &&
  [recipe.optimizer, recipe.objective].every((part) => typeof part?.type === "string");

/** @param {Draft} draft */
export function keep({ base, recipe, past, chosen }) {
  const others = read().filter((one) => one && one.key !== base.key);
  const changes = past.map((one) => one.recipe);
  const isAsBase = JSON.stringify(recipe) === JSON.stringify(base.recipe);
  const drafts = isAsBase ? others : [{ key: base.key, recipe, changes, chosen }, ...others];
  write(drafts.slice(0, MOST_DRAFTS));
}

/**
 * @typedef {import("./draft.js").Recipe} Recipe
 * @typedef {{key: string, recipe: Recipe, changes: Recipe[], chosen: number}} Kept
 */

/** @returns {Kept[]} */
function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}

/** @param {Kept[]} drafts */
function write(drafts) {
  try {
    const text = JSON.stringify(drafts);
    if (text.length < MOST_LETTERS) localStorage.setItem(KEY, text);
    else
      localStorage.setItem(KEY, JSON.stringify(drafts.slice(0, 1).map((one) => ({ ...one, changes: [] }))));
  } catch {
    // The browser keeps nothing for us; the draft lasts as long as the page.
  }
}
