// @ts-check
// Starting runs: the experiment chosen, or the run on the stage once more.

import { api } from "../net/api.js";
import { asking } from "./asking.js";
import { mendingRate } from "./mending.js";
import { SPOILS, recipeAgain, recipeOf } from "./recipes.js";

const SEEDS = 2 ** 32;

/**
 * @param {import("../store.js").Store} store
 * @param {import("./following.js").Following} following
 */
export function createLaunching(store, following) {
  /** @param {object} recipe */
  async function launch(recipe) {
    performance.clearMarks("filterscope:start");
    performance.clearMarks("filterscope:first-change");
    performance.mark("filterscope:start");
    const run = await asking(store, "start", () => api.start(recipe));
    if (run) following.follow(run);
    following.loadRuns();
    return run;
  }

  /** @param {object} [overrides] */
  const again = async (overrides) =>
    store.state.run?.recipe ? launch(recipeAgain(store.state.run, overrides)) : null;

  return {
    start: async () => {
      await following.settled; // a link's settings, if they are still looked at
      return launch(recipeOf(store.state.choice, store.state.presets));
    },
    startRecipe: launch,
    runAgain: () => again(),
    newSeed: () => again({ seed: ((store.state.run?.recipe?.seed ?? 0) + 1) % SEEDS }),
    trainWithout: trainingOn(store, following),
    trainTo: (/** @type {number} */ total) => goOn(store, following, total),
    runUnspoiled: () => again(SPOILS.none),
    mend: () => again(mended(store.state)),
  };
}

/** @param {import("../types.js").State} state */
const mended = (state) => ({
  optimizer: { ...state.run?.recipe?.optimizer, learning_rate: mendingRate(state) },
});

/**
 * A new run from a step on, with filters held at 0, which is looked at live.
 * @param {import("../store.js").Store} store
 * @param {import("./following.js").Following} following
 * @returns {import("./commands.js").Training["trainWithout"]}
 */
const trainingOn = (store, following) => async (step, without) => {
  const { run } = store.state;
  if (!run) return null;
  const told = await asking(store, "start", () => api.trainOn(run.id, step, { without }));
  if (told) {
    store.dispatch({ type: "scene_opened", scene: "live", details: {} });
    following.follow(told);
  }
  following.loadRuns();
  return told;
};

/**
 * To more steps: a live run gets longer, from the end of another a new one goes on.
 * @param {import("../store.js").Store} store
 * @param {import("./following.js").Following} following
 * @param {number} total
 */
async function goOn(store, following, total) {
  const { run } = store.state;
  if (!run) return null;
  const told = await asking(store, "go on", () => api.change(run.id, { total_steps: total }));
  if (told && told.id !== run.id) following.follow(told);
  following.loadRuns();
  return told;
}
