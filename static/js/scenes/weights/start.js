// @ts-check
// How the kernels on the stage began, and what the viewer tries instead.

import { chosenRecipe } from "../../state/chosen.js";
import { convolutionNamed, convolutionsOf } from "../../state/layers.js";
import { objectiveOf } from "../../state/objective.js";
import { firstFrame } from "../../state/selectors.js";
import { kindOf } from "../../state/watched.js";
import { startName } from "../../words/starts.js";

/**
 * @typedef {import("../../types.js").State} State
 * @typedef {{frame: import("../../types.js").Frame, name: string, seed: number, stretched: boolean}} Start
 * @typedef {import("./book.js").Question} Question
 */

/** What the sliders reach: the largest of these shapes is within what the server draws. */
export const RANGES = { size: [1, 11], channels: [1, 32], filters: [1, 64] };
const USUAL = { name: "glorot_uniform", size: 3, channels: 1, filters: 32 };

/**
 * Frame 0 and who drew it, or may have; null until there is one.
 * @param {State} state
 * @param {import("./fits.js").Fits | null} [fits]  of a network that somebody's own program trains
 * @returns {Start | null}
 */
export function startOf(state, fits = null) {
  const frame = firstFrame(state);
  if (frame && fits && frame.step === 0 && kindOf(state.run, frame.layer) === "conv2d")
    return { frame, name: (fits.fits[0] ?? fits.nearest).name, seed: 0, stretched: false };
  const recipe = state.run ? state.run.recipe : chosenRecipe(state);
  if (!frame || frame.step !== 0 || !recipe?.layers) return null;
  const layer = convolutionNamed(recipe, frame.layer) ?? convolutionsOf(recipe)[0];
  return {
    frame,
    name: startName(layer.kernel_initializer ?? "glorot_uniform"),
    seed: recipe.seed ?? 0,
    stretched: objectiveOf(state) === "sparse-code",
  };
}

/**
 * What is tried: what the address says, and else what the run began with.
 * @param {State} state
 * @returns {Question}
 */
export function triedOf(state) {
  const { details } = state.view;
  const start = startOf(state);
  const frame = start?.frame ?? (state.run ? firstFrame(state) : null);
  const [size, , channels, filters] = frame?.kernel.shape ?? [USUAL.size, 0, USUAL.channels, USUAL.filters];
  const read = (/** @type {keyof typeof RANGES} */ name, /** @type {number} */ own) =>
    within(RANGES[name], details[name], own);
  const edge = read("size", size);
  const drawn = start && /_/.test(start.name) ? start.name : USUAL.name;
  const name = details.initializer ?? drawn;
  return {
    name,
    shape: [edge, edge, read("channels", channels), read("filters", filters)],
    seed: within([0, 2 ** 31], details.draw, 0),
  };
}

/** @param {number[]} range @param {string | undefined} text @param {number} own */
function within([low, high], text, own) {
  const value = text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : own;
  return Math.max(low, Math.min(high, value));
}

/**
 * How many times longer a filter becomes where each is brought to length 1.
 * @param {import("./book.js").Answer} answer
 */
export const stretchOf = ({ standard_deviation, fan_in }) => 1 / (standard_deviation * Math.sqrt(fan_in));
