// @ts-check
// What one begins to build from: the run on the stage, or the experiment that is chosen.

import { mendingRate } from "../../control/mending.js";
import { SPOILS } from "../../control/recipes.js";
import { canRerun } from "../../state/known.js";

/**
 * @param {import("../../types.js").State} state
 * @returns {import("./draft.js").Base | null}  null while nothing is known yet
 */
export function baseOf(state) {
  const { run, choice, presets } = state;
  if (run?.recipe && canRerun(state))
    return { key: `run ${run.id}`, title: run.name, preset: run.preset, recipe: plain(run.recipe) };
  if (choice.unsettled) return null;
  const preset = presets?.find(({ name }) => name === choice.preset);
  if (!preset) return null;
  const spoilt = choice.spoil === "none" ? {} : SPOILS[choice.spoil];
  const key = `preset ${preset.name} ${choice.spoil}`;
  const recipe = plain({ ...preset.recipe, ...spoilt });
  return { key, title: preset.title, preset: preset.name, recipe };
}

/**
 * What broke the run and what is proposed in its place; null where it didn't break.
 * @param {import("../../types.js").State} state
 */
export function brokenBy(state) {
  const rate = mendingRate(state);
  return rate === null ? null : { broke: state.run?.recipe?.optimizer.learning_rate, rate };
}

/** Without what isn't said. @param {object} recipe @returns {import("./draft.js").Recipe} */
function plain(recipe) {
  const said = Object.entries(recipe).filter(([, value]) => value !== null && value !== undefined);
  return /** @type {import("./draft.js").Recipe} */ (Object.fromEntries(said));
}
