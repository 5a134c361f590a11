// @ts-check
// What one can do: each command asks the server where it must and tells the store what came of it.

import { api } from "../net/api.js";
import { frameOf } from "../state/frames.js";
import { choiceKey, isLive } from "../state/selectors.js";
import { createFollowing, RUNS_A_PAGE } from "./following.js";
import { mendingRate } from "./mending.js";
import { SPOILS, recipeAgain, recipeOf } from "./recipes.js";

/** @typedef {import("../store.js").Store} Store */

/** @param {Store} store */
export function createSession(store) {
  const { follow, leave: hangUp, loadRuns, loadFilm, retry } = createFollowing(store);

  let opened = 0;

  /** Says so where the server refuses. @template T @param {string} what @param {() => Promise<T>} work */
  async function asking(what, work) {
    if (store.state.pending !== null) return null;
    store.dispatch({ type: "request_began", what });
    try {
      const answer = await work();
      store.dispatch({ type: "request_ended" });
      return answer;
    } catch (error) {
      store.dispatch({
        type: "request_failed",
        message: error instanceof Error ? error.message : String(error),
      });
      return null;
    }
  }

  /** @param {object} recipe */
  async function launch(recipe) {
    performance.clearMarks("filterscope:start");
    performance.clearMarks("filterscope:first-change");
    performance.mark("filterscope:start");
    const run = await asking("start", () => api.start(recipe));
    if (run) follow(run);
    loadRuns();
    return run;
  }

  /** @param {object} change @param {string} what */
  async function change(what, change) {
    const { run } = store.state;
    if (!run || !isLive(store.state)) return;
    await asking(what, () => api.change(run.id, change)); // what came of it, the events tell
  }

  /** @param {object} [overrides] */
  const again = (overrides) => store.state.run && launch(recipeAgain(store.state.run, overrides));

  function leave() {
    opened += 1;
    hangUp();
    store.dispatch({ type: "run_left" });
  }

  async function preview() {
    const { choice } = store.state;
    if (store.state.preview?.key === choiceKey(choice)) return;
    const told = await api.preview(recipeOf(choice)).catch(() => null);
    if (!told || choiceKey(store.state.choice) !== choiceKey(choice)) return;
    const frame = frameOf(told.snapshot);
    store.dispatch({
      type: "preview_loaded",
      preview: { key: choiceKey(choice), frame, total: told.total_steps },
    });
  }

  /** @param {Partial<import("../types.js").Choice>} choice */
  function choose(choice) {
    leave();
    store.dispatch({ type: "chosen", choice });
    preview();
  }

  return {
    loadRuns,
    preview,
    start: () => launch(recipeOf(store.state.choice)),
    runAgain: () => again(),
    runWith: (/** @type {object} */ overrides) => again(overrides),
    runUnspoiled: () => again(SPOILS.none),
    mend: () =>
      again({ optimizer: { ...store.state.run?.recipe.optimizer, learning_rate: mendingRate(store.state) } }),
    pause: () => change("pause", { status: "paused" }),
    resume: () => change("resume", { status: "running" }),
    goOn: () =>
      store.state.run && asking("go on", () => api.change(store.state.run?.id ?? "", { status: "running" })),
    stop: () => change("stop", { status: "stopped" }),
    async step() {
      const { run } = store.state;
      if (run?.status === "running") return change("pause", { status: "paused" });
      if (!isLive(store.state)) await launch(recipeOf(store.state.choice));
      return change("step", { advance: 1 });
    },
    reconnect: retry,
    choosePreset: (/** @type {string} */ preset) => choose({ preset }),
    chooseSpoil: (/** @type {import("../types.js").Spoil} */ spoil) => choose({ spoil }),
    async openRun(/** @type {string} */ id) {
      const turn = ++opened;
      try {
        const run = await api.run(id);
        if (turn !== opened) return; // something else was opened in the meantime
        follow(run);
        preview();
      } catch (error) {
        hangUp();
        const message = error instanceof Error ? error.message : String(error);
        const gone = /** @type {any} */ (error).status === 404;
        store.dispatch(gone ? { type: "run_missing", id } : { type: "request_failed", message });
        preview();
      }
    },
    async deleteRun(/** @type {string} */ id) {
      const done = await asking("delete", () => api.remove(id).then(() => true));
      if (!done) return;
      store.dispatch({ type: "run_deleted", id });
      if (store.state.run?.id === id) leave();
      loadRuns();
    },
    async moreRuns() {
      const page = await api.runs(RUNS_A_PAGE, store.state.runsCursor).catch(() => null);
      if (page) store.dispatch({ type: "runs_appended", runs: page.runs, cursor: page.next_cursor });
    },
    chooseLayer(/** @type {string} */ layer) {
      const { run, frames } = store.state;
      const streamed = !run || layer === (frames[0]?.layer ?? run.layers?.[0]);
      store.dispatch({ type: "layer_chosen", layer: streamed ? null : layer });
      if (!streamed && run) loadFilm(run.id, layer);
    },
    leave,
  };
}
