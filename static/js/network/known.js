// @ts-check
// What is known of the network on the stage: from what was seen of it, or from a preview of its recipe.

import { datasetOf, knows } from "../state/known.js";
import { streamedLayer } from "../state/run.js";
import { stepsPerSecond } from "../state/pace.js";
import { choiceKey, isLive, isMoving, judgedFrame } from "../state/selectors.js";
import { numberIn } from "../state/details.js";
import { examinedIn } from "./examined.js";
import { sharedStep } from "./pace.js";

/**
 * @typedef {import("../types.js").State} State
 * @typedef {import("./seeing.js").Seen} Seen
 * @typedef {import("./stations.js").Network} Network
 * @typedef {import("./lit.js").Spot} Spot
 */

/** Whether there is anything to show of it. @param {State} state */
export const isShowable = (state) => state.run === null || knows(state, "data");

/** The number of the test picture. @param {State} state */
export const pictureOf = ({ view }) => numberIn(view.details.picture) ?? 0;

/**
 * @param {State} state
 * @param {Seen | null} seen  of this run
 * @param {import("../pictures/test_set.js").Picture | null} picture
 * @returns {Network | null}
 */
export function networkOf(state, seen, picture) {
  const recipe = state.run?.recipe;
  if (recipe && seen)
    return { layers: recipe.layers, plans: seen.layers, picture: seen.shape, answers: seen.names.length };
  const { preview } = state;
  if (!picture || preview?.key !== choiceKey(state.choice)) return null;
  if (state.run && JSON.stringify(recipe?.layers) !== JSON.stringify(preview.recipe.layers)) return null;
  const { layers, dataset, objective } = preview.recipe;
  const answers = objective?.type === "sparse-code" ? 0 : (preview.layers.at(-1)?.output_shape.at(-1) ?? 0);
  return dataset === undefined ? null : { layers, plans: preview.layers, picture: picture.shape, answers };
}

/** The data set whose pictures are shown. @param {State} state */
export const picturesOf = (state) => (state.run ? datasetOf(state) : (state.preview?.recipe.dataset ?? null));

/** What to ask now, or null. @param {State} state @returns {import("./seeing.js").Wanted | null} */
export function wantedIn(state) {
  const { run, frames, view } = state;
  const frame = judgedFrame(state);
  if (!run?.recipe || !frame || !frames.length) return null;
  const live = isLive(state) && view.step === null;
  const step = live
    ? sharedStep(
        frames.map((each) => each.step),
        stepsPerSecond(state),
      )
    : frame.step;
  return { run: run.id, step, index: pictureOf(state), live, moving: isMoving(state) };
}

/**
 * The map of the filter that is pointed at or chosen in the montage.
 * @param {State} state
 * @param {Network} network
 * @returns {Spot | null}
 */
export function spotIn(state, { plans }) {
  const { view } = state;
  const examined = examinedIn(state, plans);
  if (examined && view.hovered === null) return { station: examined.layer, map: examined.filter };
  const map = view.hovered ?? view.filter;
  const name = view.layer ?? streamedLayer(state);
  const station = plans.findIndex((plan) => plan.name === name);
  return map === null || station < 0 ? null : { station, map };
}
