// @ts-check
// A recipe that is being made: every change gives another draft, and the last can be taken back.

import { newLayer, optimizerKind } from "./kinds.js";

/**
 * @typedef {Record<string, unknown> & {type: string}} Part  a layer, an optimiser, an objective
 * @typedef {Record<string, unknown> & {name: string, dataset: string, layers: Part[], optimizer: Part,
 *   objective: Part, steps?: number | null, epochs?: number | null, batch_size: number, seed: number}} Recipe
 * @typedef {{key: string, title: string, preset: string | null, recipe: Recipe}} Base  what it is made from
 * @typedef {{recipe: Recipe, chosen: number, what: string, setting: string | null}} Past
 *   how it was before a change, and what the change was
 * @typedef {{base: Base, recipe: Recipe, past: Past[], chosen: number}} Draft  the picture is block −1
 */

export const PICTURE = -1;
const MOST_PAST = 60;

/** @param {Base} base @returns {Draft} */
export const begun = (base) => ({ base, recipe: base.recipe, past: [], chosen: 0 });

/** @param {Draft} draft @param {number} index @returns {Draft} */
export const chosen = (draft, index) => ({ ...draft, chosen: within(draft.recipe, index) });

/** A new layer at a place among the others. @param {Draft} draft @param {string} type @param {number} at */
export function added(draft, type, at) {
  const layers = [...draft.recipe.layers];
  layers.splice(at, 0, newLayer(type));
  return changed(draft, { ...draft.recipe, layers }, "Added", at);
}

/** @param {Draft} draft @param {number} index */
export function removed(draft, index) {
  const layers = draft.recipe.layers.filter((_, place) => place !== index);
  return changed(draft, { ...draft.recipe, layers }, "Removed", Math.min(index, layers.length - 1));
}

/** @param {Draft} draft @param {number} index @param {number} to  its place among the others */
export function moved(draft, index, to) {
  const layers = [...draft.recipe.layers];
  const place = Math.max(0, Math.min(layers.length - 1, to));
  if (place === index) return draft;
  layers.splice(place, 0, ...layers.splice(index, 1));
  return changed(draft, { ...draft.recipe, layers }, "Moved", place);
}

/**
 * A setting of the recipe, or of one of its parts. The changes of one slider are one change.
 * @param {Draft} draft
 * @param {(string | number)[]} path
 * @param {unknown} value
 */
export function set(draft, path, value) {
  const recipe = /** @type {Recipe} */ (put(draft.recipe, path, value));
  if (JSON.stringify(recipe) === JSON.stringify(draft.recipe)) return draft;
  return changed(draft, recipe, "Changed", draft.chosen, path.join("."));
}

/**
 * Another recipe in its place, as a mend or starting over gives it.
 * @param {Draft} draft
 * @param {Recipe} recipe
 */
export const replaced = (draft, recipe, what = "Mended") =>
  changed(draft, recipe, what, within(recipe, draft.chosen));

/** @param {Draft} draft @returns {Draft} */
export function undone(draft) {
  const last = draft.past.at(-1);
  if (!last) return draft;
  return { ...draft, recipe: last.recipe, chosen: last.chosen, past: draft.past.slice(0, -1) };
}

/**
 * Another optimiser, with a rate that suits it; the base's own comes back as it was.
 * @param {Draft} draft
 * @param {string} type
 */
export function withOptimizer(draft, type) {
  const own = draft.base.recipe.optimizer;
  const { schedule } = draft.recipe.optimizer;
  const { rate, measured } = optimizerKind(type);
  const other = { type, learning_rate: rate, ...measured, ...(schedule ? { schedule } : {}) };
  return set(draft, ["optimizer"], type === own.type ? own : other);
}

/**
 * Another objective, with what it begins with.
 * @param {Draft} draft
 * @param {import("./kinds.js").Kind} kind
 */
export function withObjective(draft, { type, settings }) {
  const begins = Object.fromEntries(settings.map(({ name, start }) => [name, start]));
  return set(draft, ["objective"], { type, ...begins });
}

/** @param {Draft} draft */
export const startedOver = (draft) => replaced(draft, draft.base.recipe, "Begun anew");

/** How many steps it takes. @param {Recipe} recipe @param {number} perEpoch */
export const stepsOf = ({ steps, epochs }, perEpoch) => steps ?? (epochs ?? 0) * perEpoch;

/**
 * The same length, said in the other unit as nearly as it can be.
 * @param {Draft} draft
 * @param {"steps" | "epochs"} unit
 * @param {number} perEpoch
 */
export function inUnit(draft, unit, perEpoch) {
  const { steps: _steps, epochs: _epochs, ...rest } = draft.recipe;
  const steps = stepsOf(draft.recipe, perEpoch);
  const length = unit === "steps" ? { steps } : { epochs: Math.max(1, Math.round(steps / perEpoch)) };
  return changed(draft, /** @type {Recipe} */ ({ ...rest, ...length }), "Changed", draft.chosen);
}

/** So many steps, whatever was said before. @param {Draft} draft @param {number} steps */
export function withSteps(draft, steps) {
  const { epochs: _, ...rest } = draft.recipe;
  return changed(draft, /** @type {Recipe} */ ({ ...rest, steps }), "Changed", draft.chosen);
}

/** What the server is asked to train. @param {Draft} draft */
export const requestOf = ({ base, recipe }) => ({
  ...(base.preset ? { preset: base.preset } : {}),
  ...recipe,
});

/**
 * @param {Draft} draft
 * @param {Recipe} recipe
 * @param {string} what
 * @param {number} index  of the block that is chosen then
 * @param {string | null} [setting]
 * @returns {Draft}
 */
function changed(draft, recipe, what, index, setting = null) {
  const last = draft.past.at(-1);
  const goesOn = setting !== null && last?.setting === setting && last.chosen === draft.chosen;
  const past = goesOn
    ? draft.past
    : [...draft.past, { recipe: draft.recipe, chosen: draft.chosen, what, setting }];
  return { ...draft, recipe, chosen: index, past: past.slice(-MOST_PAST) };
}

/**
 * @param {unknown} whole
 * @param {(string | number)[]} path
 * @param {unknown} value
 * @returns {unknown}
 */
function put(whole, [name, ...rest], value) {
  const copy = Array.isArray(whole) ? [...whole] : { .../** @type {object} */ (whole) };
  const inner = /** @type {Record<string | number, unknown>} */ (copy);
  inner[name] = rest.length ? put(inner[name], rest, value) : value;
  return copy;
}

/** @param {Recipe} recipe @param {number} index */
const within = ({ layers }, index) => Math.max(PICTURE, Math.min(layers.length - 1, index));
