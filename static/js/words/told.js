// @ts-check
// What somebody's program does not tell, and the line that would; what can't be said of its filters.

import { streamedLayer } from "../state/run.js";
import { isOpened, isWatched, layerNamed } from "../state/watched.js";
import { unjudgedWords } from "./watched.js";

/** @typedef {import("../types.js").State} State */

const KERAS = /^Keras\b/;

/**
 * How a chart that stays empty would fill; null where it does.
 * @param {State} state
 * @param {"accuracy" | "loss"} quantity
 */
export function notTold({ run, training, evaluations }, quantity) {
  if (training[quantity].length || evaluations[quantity].length) return null;
  if (isOpened({ run })) return "Not told: files of weights don’t say it.";
  if (KERAS.test(run?.described?.framework ?? "") && quantity === "accuracy")
    return 'Not told. metrics=["accuracy"] in model.compile(…) adds this chart.';
  return `Not told. run.log(${quantity}=…) adds this chart.`;
}

/** Why there are no labels for the layer on the stage; null where there are. @param {State} state */
export function cannotSay(state) {
  const { frames, view, run } = state;
  if (!frames.length) return null;
  const name = view.layer ?? streamedLayer(state);
  const why = unjudgedWords(layerNamed(run, name));
  if (view.layer !== null) return why ? `Can’t be said: ${why}` : "Told of the first layer alone.";
  if (frames.some(({ verdicts }) => verdicts)) return null;
  return why ? `Can’t be said: ${why}` : "Can’t be said of these weights.";
}

/** What the losses are, where that is no batch's. @param {State} state */
export const lossKind = (state) =>
  isWatched(state) && state.run?.described?.loss_kind === "epoch_mean"
    ? "loss, the epoch’s mean so far"
    : null;
