// @ts-check
// What there is to choose from: experiments, ways to spoil them, runs.

import { hasLabels } from "./objective.js";

/** @type {import("../types.js").Reducer} */
export function reduceCatalogue(state, action) {
  switch (action.type) {
    case "access_known":
      return { ...state, access: action.access };
    case "presets_loaded":
      return { ...state, presets: action.presets };
    case "chosen":
      return { ...state, choice: possible(state, { ...state.choice, ...action.choice }) };
    case "preview_loaded":
      return { ...state, preview: action.preview };
    case "runs_loaded":
      return { ...state, runs: action.runs, runsCursor: action.cursor };
    case "runs_appended":
      return { ...state, runs: merge(state.runs, action.runs), runsCursor: action.cursor };
    case "runs_deleted": {
      const gone = new Set(action.deletion.runs);
      const runs = state.runs.filter(({ id }) => !gone.has(id));
      return { ...state, runs, deletion: action.deletion };
    }
    case "deletion_over":
      return state.deletion === action.next ? state : { ...state, deletion: action.next };
  }
  return state;
}

/**
 * Labels can't be spoilt where there are none.
 * @param {import("../types.js").State} state
 * @param {import("../types.js").Choice} choice
 * @returns {import("../types.js").Choice}
 */
function possible(state, choice) {
  return choice.spoil === "labels" && !hasLabels(state, choice.preset)
    ? { ...choice, spoil: "none" }
    : choice;
}

/**
 * @param {import("../types.js").Run[]} runs
 * @param {import("../types.js").Run[]} more
 */
function merge(runs, more) {
  const known = new Set(runs.map((run) => run.id));
  return [...runs, ...more.filter((run) => !known.has(run.id))];
}
