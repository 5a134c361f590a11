// @ts-check
// A later layer of a network that somebody trains elsewhere: its frames come as they are asked for.

import { insertFrame } from "./frames.js";
import { isDeep } from "./selectors.js";
import { isFromElsewhere, layerNamed } from "./watched.js";

/**
 * @typedef {import("../types.js").State} State
 * @typedef {import("../types.js").Frame} Frame
 */

/** Numbers in the frames of one layer that are kept: 32 megabytes. */
const MOST_NUMBERS = 2 ** 23;
/** A layer of at most so many numbers is fetched as a film, a larger one frame by frame. */
const FILM_NUMBERS = 2 ** 15;

/** @type {import("../types.js").Reducer} */
export function reduceDeep(state, action) {
  if (action.type !== "deep_told" && action.type !== "deep_awaited") return state;
  if (state.run?.id !== action.run || state.view.layer !== action.layer) return state;
  const frames = state.deep?.layer === action.layer ? state.deep.frames : [];
  const deep = { layer: action.layer, frames, failed: false };
  if (action.type === "deep_awaited") return { ...state, deep };
  return { ...state, deep: { ...deep, frames: insertFrame(trimmed(frames, action.frame), action.frame) } };
}

/** The first is kept, for it stands beside now. @param {Frame[]} frames @param {Frame} next */
function trimmed(frames, next) {
  const most = Math.max(3, Math.floor(MOST_NUMBERS / next.kernel.weights.length));
  return frames.length < most ? frames : frames.toSpliced(1, 1);
}

/** Whether the layer on the stage is one that its program sends when it is asked for. @param {State} state */
export const isAskedFor = (state) => isFromElsewhere(state) && isDeep(state);

/** Whether that layer is small enough to be fetched as a film. @param {State} state */
export function isSmallLayer({ run, view }) {
  const shape = layerNamed(run, view.layer ?? "")?.shape ?? [];
  return shape.reduce((product, side) => product * side, 1) <= FILM_NUMBERS;
}

/** The steps at which that layer was kept, as far as it was told. @param {State} state */
export const stepsOfDeep = ({ health, view }) => health.get(view.layer ?? "")?.step ?? [];

/**
 * The steps whose frames are wanted and not there, the most wanted first.
 * @param {State} state
 */
export function wantedFrames(state) {
  const steps = stepsOfDeep(state);
  if (!isAskedFor(state) || !steps.length) return [];
  const { step } = state.view;
  const now = step === null ? steps.at(-1) : (steps.findLast((one) => one <= step) ?? steps[0]);
  const known = new Set(
    state.deep?.layer === state.view.layer ? state.deep?.frames.map((frame) => frame.step) : [],
  );
  const size = state.deep?.frames[0]?.kernel.weights.length ?? Infinity;
  const rest = (steps.length + 1) * size < MOST_NUMBERS ? steps.toReversed() : [];
  return [now, steps[0], ...rest].flatMap((one) => (one === undefined || known.has(one) ? [] : [one]));
}
