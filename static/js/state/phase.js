// @ts-check
// Which of its few situations the page is in.

/**
 * @typedef {"loading" | "missing" | "ready" | "preparing" | import("../contract.js").Status} Phase
 */

/**
 * @param {import("../types.js").State} state
 * @returns {Phase}
 */
export function phaseOf(state) {
  if (state.missing) return "missing";
  if (!state.run) return state.presets ? "ready" : "loading";
  const status = /** @type {Phase} */ (state.run.status);
  if (status === "queued") return state.run.sweep || othersTrain(state) ? "queued" : "preparing";
  return status === "running" && !state.begun && !state.frames.length ? "preparing" : status;
}

/** @param {import("../types.js").State} state */
function othersTrain(state) {
  const trains = /** @param {string} status */ (status) => status === "running" || status === "stalled";
  return state.runs.some((run) => run.id !== state.run?.id && trains(run.status));
}
