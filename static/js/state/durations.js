// @ts-check
// How long an experiment takes: as long as it last took here, or as on two cores of a laptop.

/** @type {Record<string, number>} seconds */
const ON_TWO_CORES = {
  "dead-leaves": 4,
  "dead-leaves-large": 6,
  "mnist-strokes": 4,
  "mnist-two-layers": 5,
  "keras-mnist": 540,
  "sparse-code": 2,
};

/**
 * @param {import("../types.js").State} state
 * @param {string} preset  its name
 * @returns {number | null} seconds
 */
export function expectedSeconds(state, preset) {
  const total = state.presets?.find(({ name }) => name === preset)?.total_steps;
  const past = state.runs.find(
    (run) =>
      run.preset === preset && run.status === "finished" && run.total_steps === total && run.training_seconds,
  );
  return past?.training_seconds ?? ON_TWO_CORES[preset] ?? null;
}
