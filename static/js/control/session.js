// @ts-check
// What one can do: each command asks the server where it must and tells the store what came of it.

import { ApiError, api } from "../net/api.js";
import { frameOf } from "../state/frames.js";
import { choiceKey } from "../state/selectors.js";
import { asking, messageOf } from "./asking.js";
import { Following, RUNS_A_PAGE } from "./following.js";
import { createLaunching } from "./launching.js";
import { recipeOf } from "./recipes.js";
import { createSteering } from "./steering.js";

/** @typedef {import("../store.js").Store} Store */

/** @param {Store} store */
export function createSession(store) {
  const following = new Following(store);
  const launching = createLaunching(store, following);
  return {
    ...launching,
    ...createSteering(store, launching.start),
    ...createOpening(store, following),
    loadRuns: () => following.loadRuns(),
    reconnect: () => following.retry(),
    preview: () => preview(store),
    async moreRuns() {
      const page = await api.runs(RUNS_A_PAGE, store.state.runsCursor).catch(() => null);
      if (page) store.dispatch({ type: "runs_appended", runs: page.runs, cursor: page.next_cursor });
    },
    chooseLayer(/** @type {string} */ layer) {
      const { run, frames } = store.state;
      const streamed = !run || layer === (frames[0]?.layer ?? run.layers?.[0]);
      store.dispatch({ type: "layer_chosen", layer: streamed ? null : layer });
      if (!streamed && run) following.loadFilm(run.id, layer);
    },
  };
}

/**
 * Which run is on the stage, or which experiment before one is started.
 * @param {Store} store
 * @param {Following} following
 */
function createOpening(store, following) {
  let opened = 0;

  function leave() {
    opened += 1;
    following.leave();
    store.dispatch({ type: "run_left" });
  }

  /** @param {Partial<import("../types.js").Choice>} choice */
  function choose(choice) {
    leave();
    store.dispatch({ type: "chosen", choice });
    preview(store);
  }

  return {
    leave,
    choosePreset: (/** @type {string} */ preset) => choose({ preset }),
    chooseSpoil: (/** @type {import("../types.js").Spoil} */ spoil) => choose({ spoil }),
    async openRun(/** @type {string} */ id) {
      const turn = ++opened;
      try {
        const run = await api.run(id);
        if (turn !== opened) return; // something else was opened in the meantime
        following.follow(run);
      } catch (error) {
        following.leave();
        const gone = error instanceof ApiError && error.status === 404;
        const message = messageOf(error);
        store.dispatch(gone ? { type: "run_missing", id } : { type: "request_failed", message });
      }
      preview(store);
    },
    async deleteRun(/** @type {string} */ id) {
      const done = await asking(store, "delete", () => api.remove(id).then(() => true));
      if (!done) return;
      store.dispatch({ type: "run_deleted", id });
      if (store.state.run?.id === id) leave();
      following.loadRuns();
    },
  };
}

/** The filters that the chosen experiment would begin with. @param {Store} store */
async function preview(store) {
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
