// @ts-check
// What the network on the stage is trained for: to name pictures, or to rebuild them.

import { chosenRecipe } from "./chosen.js";

/**
 * @typedef {import("../types.js").State} State
 * @typedef {import("../types.js").Objective} Objective
 * @typedef {import("../types.js").Recipe} Recipe
 */

const CLASSES = 10;

/** Of the run on the stage, or else of the experiment chosen. @param {State} state @returns {Objective} */
export function objectiveOf(state) {
  if (!state.run) return objectiveIn(chosenRecipe(state));
  const { described, recipe } = state.run;
  if (recipe) return objectiveIn(recipe);
  return described?.objective ?? (hasAnswers(state) ? "classify" : "unknown");
}

/** Whether somebody told how many answers were right. @param {State} state */
const hasAnswers = ({ training, evaluations }) =>
  training.accuracy.length > 0 || evaluations.accuracy.length > 0;

/** Whether somebody says what is in the pictures. @param {State} state @param {string} preset */
export const hasLabels = (state, preset) => objectiveIn(recipeNamed(state, preset)) === "classify";

/** The same of a recipe. @param {Recipe | undefined} recipe */
export const hasLabelsIn = (recipe) => objectiveIn(recipe) === "classify";

/** @param {Recipe | undefined} recipe @returns {Objective} */
const objectiveIn = (recipe) => recipe?.objective?.type ?? "classify";

/** @param {State} state @param {string} preset */
const recipeNamed = (state, preset) => state.presets?.find(({ name }) => name === preset)?.recipe;

/** How many classes there are to guess among. @param {State} state @returns {number} */
export const classesOf = (state) => state.run?.described?.class_names.length || CLASSES;
