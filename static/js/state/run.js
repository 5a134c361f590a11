// @ts-check
// Opening, leaving and refreshing the run on the stage, and the line to the server.

import { freshRun } from "./initial.js";
import { framesOfFilm, insertFrame } from "./frames.js";
import { freshPace } from "./pace.js";
import { heardAt, kindOf } from "./watched.js";

/** @typedef {import("../types.js").State} State */

/** @type {import("../types.js").Reducer} */
export function reduceRun(state, action) {
  switch (action.type) {
    case "run_opened":
      return openRun(state, action.run, action.at);
    case "run_left":
      return { ...state, ...freshRun(), view: forgetTime(state) };
    case "run_missing":
      return { ...state, ...freshRun(), missing: action.id, pending: null };
    case "program_heard":
      return state.run?.id === action.run.id ? hear(state, action.run, action.at) : state;
    case "run_refreshed":
      return state.run?.id === action.run.id ? refreshRun(state, action.run, action.at) : state;
    case "numerics_told":
      return state.run?.id === action.run
        ? { ...state, run: { ...state.run, recheck: action.changes } }
        : state;
    case "story_reset":
      return state.run?.id === action.run ? forgetStory(state) : state;
    case "film_loaded":
      return state.run?.id === action.run ? addFilm(state, action.film) : state;
    case "film_failed":
      return { ...state, deep: { layer: action.layer, frames: [], failed: true } };
  }
  return reduceLine(state, action);
}

/** @type {import("../types.js").Reducer} */
function reduceLine(state, action) {
  switch (action.type) {
    case "connection_changed":
      return { ...state, connection: { ...state.connection, ...action.connection } };
    case "request_began":
      return { ...state, pending: action.what, problem: null };
    case "request_ended":
      return { ...state, pending: null };
    case "request_failed":
      return { ...state, pending: null, problem: action.message };
    case "problem_read":
      return { ...state, problem: null };
  }
  return state;
}

/** @param {State} state */
function forgetTime(state) {
  return { ...state.view, step: null, layer: null, replaying: false };
}

/**
 * @param {State} state
 * @param {import("../types.js").Run} run
 * @param {number} [at]
 */
function openRun(state, run, at) {
  const known = {
    run,
    pace: freshPace(run.step),
    choice: run.preset ? { preset: run.preset, spoil: spoilOf(run) } : state.choice,
    heardAt: heardAt(run, at),
  };
  return { ...state, ...freshRun(), ...known, view: forgetTime(state), pending: null };
}

/**
 * Signs of life are no events: of a program with nothing to tell, the server alone knows that it lives.
 * @param {State} state
 * @param {import("../types.js").Run} run
 * @param {number} at
 */
function hear(state, run, at) {
  const heard = heardAt(run, at) ?? -Infinity;
  return heard > (state.heardAt ?? -Infinity) ? { ...state, heardAt: heard } : state;
}

/** The run stays on the stage; what it told will be told again. @param {State} state */
function forgetStory(state) {
  const { run, connection, heardAt } = state;
  return { ...state, ...freshRun(), run, connection, heardAt };
}

/**
 * @param {State} state
 * @param {import("../types.js").Run} run
 * @param {number} [at]
 */
function refreshRun(state, run, at) {
  if (run.last_seq < state.seq) return state;
  const step = Math.max(run.step, state.run?.step ?? 0);
  const runs = state.runs.map((other) => (other.id === run.id ? run : other));
  const { recomputed } = state.run ?? {};
  return {
    ...state,
    run: { ...run, step, ...(recomputed && { recomputed }) },
    runs,
    heardAt: heardAt(run, at) ?? state.heardAt,
  };
}

/**
 * @param {import("../types.js").Run} run
 * @returns {import("../types.js").Spoil}
 */
export function spoilOf(run) {
  const controls = run.described?.controls ?? controlsIn(run.recipe);
  if (controls.includes("shuffled pixels")) return "pixels";
  return controls.includes("random labels") ? "labels" : "none";
}

/** @param {any} recipe */
const controlsIn = (recipe) => [
  ...(recipe?.pixels === "shuffled" ? ["shuffled pixels"] : []),
  ...(recipe?.labels === "random" ? ["random labels"] : []),
];

/**
 * @param {State} state
 * @param {import("../net/answers.js").FilmAnswer} film
 */
function addFilm(state, film) {
  const told = framesOfFilm(film, kindOf(state.run, film.layer));
  if (film.layer !== streamedLayer(state)) {
    return { ...state, deep: { layer: film.layer, frames: told, failed: false } };
  }
  const frames = told.reduce(
    (all, frame) => (all.some((old) => old.step === frame.step) ? all : insertFrame(all, frame)),
    state.frames,
  );
  return { ...state, frames, gaps: false };
}

/** @param {State} state */
export function streamedLayer(state) {
  return state.frames[0]?.layer ?? state.run?.layers?.[0] ?? "conv1";
}
