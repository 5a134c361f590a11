// @ts-check
// What a sweep begins with: the run on the stage, or the experiment that is chosen, with what differs.

import { SPOILS, recipeAgain, recipeOf } from "../../control/recipes.js";
import { chosenRecipe, isChanged } from "../../state/chosen.js";

/**
 * @typedef {import("../../net/answers.js").AskedSweep["base"]} Request
 * @typedef {{key: string, words: string, request: Request, recipe: import("./fields.js").Fields}} Base
 */

/** @param {import("../../types.js").State} state @returns {Base | null}  null until it is known */
export function baseOf(state) {
  const { run, choice, presets, missing } = state;
  if (!presets || missing) return null;
  if (run?.recipe) {
    const request = /** @type {Request} */ (recipeAgain(run));
    return {
      key: `run ${run.id}`,
      words: `“${run.name}”, as it was trained.`,
      request,
      recipe: fieldsOf(run.recipe),
    };
  }
  const recipe = chosenRecipe(state);
  if (!recipe) return null;
  const title = presets.find(({ name }) => name === choice.preset)?.title ?? choice.preset;
  const isSpoilt = choice.spoil !== "none";
  const words = `${title}${isChanged(choice) || isSpoilt ? ", with your changes" : ""}.`;
  const spoilt = isSpoilt ? { ...recipe, ...SPOILS[choice.spoil] } : recipe;
  return { key: JSON.stringify(choice), words, request: recipeOf(choice, presets), recipe: fieldsOf(spoilt) };
}

/** @param {object} recipe */
const fieldsOf = (recipe) => /** @type {import("./fields.js").Fields} */ (/** @type {unknown} */ (recipe));
