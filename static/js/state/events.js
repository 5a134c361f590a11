// @ts-check
// What a run told: each event of its log, in order of seq, changes what the page knows.

import { frameOf, insertFrame } from "./frames.js";
import { keepPace } from "./pace.js";
import { extendTraining, withValue } from "./training.js";
import { isWatched, kindOf, withHealth } from "./watched.js";

/**
 * @typedef {import("../types.js").State} State
 * @typedef {import("../net/stream.js").EventData} EventData
 * @typedef {{[Kind in keyof EventData]: (state: State, data: EventData[Kind]) => State}} Tellers
 */

/** @type {Tellers} */
const TELLERS = {
  run_started: (state, { recipe, described, continues, total_steps: total }) => ({
    ...withRun(state, {
      status: "running",
      ...(continues && { continues }),
      ...(recipe && { recipe }),
      ...(described && { described }),
      ...(total && { total_steps: total }),
    }),
    begun: true,
  }),
  steps: (state, data) => ({
    ...withRun(state, { step: data.step.at(-1) }),
    training: extendTraining(state.training, data.step, data.loss ?? [], data.accuracy ?? [], data.count),
  }),
  snapshot: (state, data) => ({
    ...withRun(state, {
      step: data.step,
      ...(data.counts && {
        filters: { score: data.layer_score ?? 0, oriented: data.oriented ?? 0, labels: data.counts },
      }),
    }),
    frames: insertFrame(state.frames, frameOf(data, kindOf(state.run, data.layer))),
    health: withHealth(state.health, data.step, data.health ?? []),
  }),
  alert: (state, { step, code, message, layer }) => ({
    ...state,
    alerts: [...state.alerts, { step, code, message, layer }],
  }),
  evaluated: (state, data) => ({ ...state, evaluations: evaluatedOnce(state.evaluations, data) }),
  left_out: (state, { snapshots }) => ({ ...state, leftOut: Math.max(state.leftOut, snapshots) }),
  status_changed: (state, data) => withRun(state, { status: data.status, cause: data.cause ?? null }),
  learning_rate_changed: (state) => state,
  length_changed: (state, { total_steps: total }) => withRun(state, { total_steps: total, lengthened: true }),
  numerics_changed: (state, { step, changes, now }) =>
    withRun(state, { numerics: now, recomputed: { step, changes } }),
  run_finished: (state) => withRun(state, { status: "finished" }),
  run_stopped: (state) => withRun(state, { status: "stopped" }),
  run_failed: (state, data) =>
    withRun(state, {
      status: "failed",
      error: { code: data.code, message: data.message, advice: data.advice },
    }),
};

/**
 * @param {State} state
 * @param {import("./actions.js").EventAction} action
 * @returns {State}
 */
export function reduceEvent(state, action) {
  const { kind, seq, data, at } = action;
  if (!state.run || state.run.id !== action.run || seq <= state.seq) return state;
  const teller = /** @type {Record<string, (state: State, data: object) => State>} */ (TELLERS)[kind];
  const told = teller ? teller(state, data) : state;
  const gaps = state.gaps || (kind === "snapshot" && seq > state.seq + 1);
  // What it told before it was opened here isn't news of its program.
  const isNews = isWatched(state) && seq > state.run.last_seq;
  return { ...told, seq, gaps, pace: keepPace(state, told, at), heardAt: isNews ? at : state.heardAt };
}

/**
 * @param {State} state
 * @param {Partial<import("../types.js").Run>} change
 * @returns {State}
 */
function withRun(state, change) {
  if (!state.run) return state;
  const step = Math.max(change.step ?? 0, state.run.step);
  return { ...state, run: { ...state.run, ...change, step } };
}

/**
 * @param {import("../types.js").Curve} curve
 * @param {import("../net/answers.js").Evaluated} told
 * @returns {import("../types.js").Curve}
 */
function evaluatedOnce({ step, loss, accuracy }, told) {
  return {
    step: [...step, told.step],
    loss: withValue(loss, step.length, told.validation_loss),
    accuracy: withValue(accuracy, step.length, told.validation_accuracy),
  };
}
