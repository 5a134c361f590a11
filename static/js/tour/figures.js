// @ts-check
// The numbers in the tour's sentences: all of them follow from the run in front of the viewer.

import { FAMILIES } from "../contract.js";
import { isSpoiltLike } from "./spoilt.js";
import { marks } from "../state/moments.js";
import {
  currentFrame,
  firstFrame,
  isOriented,
  judgedFrame,
  orientedCount,
  playhead,
} from "../state/selectors.js";

/**
 * @typedef {import("../types.js").State} State
 * @typedef {import("../types.js").Frame} Frame
 */

/** @param {Frame} frame */
export function sizeOf({ kernel: { shape } }) {
  const [height, width, channels, filters] = shape;
  return { height, width, channels, filters, numbers: height * width * channels };
}

/**
 * The filter a step speaks of: the one chosen, or else the one that is most of an edge.
 * @param {State} state
 */
export function exampleOf(state) {
  const frame = judgedFrame(state);
  const count = frame?.kernel.shape[3] ?? 0;
  if (state.view.filter !== null && state.view.filter < count) return state.view.filter;
  const scores = frame?.verdicts?.score ?? [];
  return scores.reduce((best, score, at) => (score > scores[best] ? at : best), 0);
}

/** The weight furthest from 0. @param {Frame} frame */
export function furthest({ kernel }) {
  return kernel.weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
}

/**
 * What a filter is called, and how much of it the shape of that name explains.
 * @param {State} state
 * @param {number} filter
 */
export function verdictOn(state, filter) {
  const verdicts = judgedFrame(state)?.verdicts;
  const label = verdicts?.label[filter];
  const shares = verdicts?.template_r2?.[filter];
  const explained = label && shares ? shares[FAMILIES.findIndex((family) => family === label)] : undefined;
  return { label, explained, oriented: isOriented(label) };
}

/**
 * How many see edges or lines at the start, at the moment worth a mark, and at the step looked at.
 * @param {State} state
 */
export function courseOf(state) {
  const half = marks(state).find(({ words }) => words === "half of them") ?? null;
  return {
    first: orientedCount(firstFrame(state)),
    half: half?.step ?? null,
    now: orientedCount(currentFrame(state)),
    step: currentFrame(state)?.step ?? 0,
  };
}

/** The error of the first batch, and of the last one before the step looked at. @param {State} state */
export function errorsOf(state) {
  const { step, newestLoss: loss } = state.training;
  const last = step.findLastIndex((at) => at <= Math.max(1, playhead(state)));
  return loss.length && last > 0 ? { first: loss[0], last: loss[last], at: step[last] } : null;
}

/**
 * Share of new pictures classified correctly, as last tried before the step looked at; null where nothing is.
 * @param {State} state
 */
export function accuracyOf(state) {
  const { step, accuracy } = state.evaluations;
  const last = step.findLastIndex((at) => at <= playhead(state));
  return accuracy[last] ?? null;
}

/**
 * Of 3×3 filters: how many pass the plane test at one in twenty, and how many chance would let pass.
 * @param {State} state
 */
export function planeOf(state) {
  const chances = judgedFrame(state)?.verdicts?.plane_p;
  return chances
    ? {
        pass: chances.filter((chance) => chance < 0.05).length,
        expected: 0.05 * chances.length,
        count: chances.length,
      }
    : null;
}

/**
 * Mean distance of the filters from where they began, as a share of their length then.
 * @param {State} state
 */
export function movedBy(state) {
  const change = judgedFrame(state)?.verdicts?.change ?? [];
  return change.length ? change.reduce((sum, share) => sum + share, 0) / change.length : 0;
}

/** A finished run of the same experiment on shuffled pixels, if there is one. @param {State} state */
export const spoiltRun = (state) => state.runs.find((run) => isSpoiltLike(run, state.run)) ?? null;

/** A run of the Keras example that has come somewhere. @param {State} state */
export const kerasRun = (state) =>
  state.runs.find((run) => run.preset === "keras-mnist" && run.step >= 30) ?? null;
