// @ts-check
// How a run that broke can be started anew so that it holds.

/** A rate this much smaller than the one that broke is tried where the preset has none to offer. */
const SMALLER = 10;

/**
 * The learning rate to try next, or null where the rate isn't to blame.
 * @param {import("../types.js").State} state
 * @returns {number | null}
 */
export function mendingRate(state) {
  const { run } = state;
  if (run?.status !== "failed" || run.error?.code !== "diverged" || !run.recipe) return null;
  const broken = run.recipe.optimizer.learning_rate;
  const own = presetRate(state, run);
  if (own !== null && own < broken) return own;
  return Number((broken / SMALLER).toPrecision(1));
}

/**
 * @param {import("../types.js").State} state
 * @param {import("../types.js").Run} run
 */
function presetRate(state, run) {
  const preset = state.presets?.find(({ name }) => name === run.preset);
  const optimizer = preset?.recipe.optimizer;
  return optimizer && optimizer.type === run.recipe?.optimizer.type ? optimizer.learning_rate : null;
}
