// @ts-check
// The convolution that the line makes: of the run on the stage, of an experiment, or of what was pasted.

import { recipeAgain, recipeOf, SPOILS } from "../../control/recipes.js";
import { limitOf } from "../../kernels/limit.js";
import { frameOf } from "../../state/frames.js";
import { knows } from "../../state/known.js";
import { chosenRecipe } from "../../state/chosen.js";
import { choiceKey, judgedFrame } from "../../state/selectors.js";
import { firstConvolution } from "../../words/code.js";

/**
 * @typedef {import("../../types.js").State} State
 * @typedef {import("../../types.js").Recipe} Recipe
 * @typedef {import("../../control/reading.js").Meant} Meant
 * @typedef {object} Subject
 * @property {string} key  equal where the lines are
 * @property {object} question  the recipe as the server is asked about it
 * @property {Recipe} recipe
 * @property {import("../../types.js").Conv2D} layer
 * @property {boolean} isFirst  it is given the picture itself
 * @property {import("../../types.js").Frame | null} frame
 * @property {number} limit  of the colours of weights
 * @property {string | null} run  whose pictures are asked for by its id
 * @property {string | null} preset
 * @property {Meant | null} pasted
 */

/**
 * @param {State} state
 * @param {Meant | null} pasted
 * @returns {Subject | null}  null where there is none, or none yet
 */
export function subjectOf(state, pasted) {
  if (pasted) return ofPasted(pasted);
  return state.run ? ofRun(state, state.run) : ofPreset(state);
}

/** Its code can't be said. @param {State} state @returns {boolean} */
export const isUnknown = ({ run }) => run !== null && !run.recipe;

/** Its pictures aren't known. @param {State} state */
export const hasNoPictures = (state) => state.run !== null && !knows(state, "data");

/** @type {WeakMap<Meant, Subject>} */
const known = new WeakMap();

/** @param {Meant} pasted @returns {Subject} */
function ofPasted(pasted) {
  const found = known.get(pasted);
  if (found) return found;
  const { read, preview } = pasted;
  const frame = frameOf(preview.snapshot);
  const recipe = /** @type {Recipe} */ (preview.recipe);
  const subject = made(recipe, { key: `pasted/${read.code}`, question: read.recipe, frame, pasted });
  known.set(pasted, subject);
  return subject;
}

/** @param {State} state @param {import("../../types.js").Run} run @returns {Subject | null} */
function ofRun(state, run) {
  if (!run.recipe) return null;
  return made(run.recipe, {
    key: `run/${run.id}`,
    question: recipeAgain(run),
    frame: judgedFrame(state),
    limit: limitOf(state.frames),
    run: run.id,
    preset: run.preset,
  });
}

/** @param {State} state @returns {Subject | null} */
function ofPreset(state) {
  const { choice, presets } = state;
  const preset = presets?.find(({ name }) => name === choice.preset);
  if (!preset) return null;
  const recipe = /** @type {Recipe} */ ({ ...chosenRecipe(state), ...SPOILS[choice.spoil] });
  return made(recipe, {
    key: `preset/${choiceKey(choice)}`,
    question: recipeOf(choice, presets),
    frame: judgedFrame(state),
    preset: preset.name,
  });
}

/**
 * @param {Recipe} recipe
 * @param {Pick<Subject, "key" | "question" | "frame"> & Partial<Subject>} known
 * @returns {Subject}
 */
function made(recipe, { frame, limit, ...rest }) {
  const layer = firstConvolution(recipe.layers);
  return {
    ...{ recipe, layer, isFirst: recipe.layers[0] === layer },
    ...{ run: null, preset: null, pasted: null, ...rest },
    frame,
    limit: limit || (frame ? limitOf([frame]) : 1),
  };
}
