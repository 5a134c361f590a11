// @ts-check
// Keeps the second run of a pair: found by the address, begun by one click, followed like the first.

import { api } from "../net/api.js";
import { initialState } from "../state/initial.js";
import { createFollowing } from "./following.js";
import { recipeAgain } from "./recipes.js";

/** @typedef {import("../types.js").Run} Run */

const NOBODY = initialState();

/**
 * @param {import("../store.js").Store} store
 * @param {import("../types.js").Commands} commands
 */
export function createTwin(store, commands) {
  const { follow, leave, retry } = createFollowing(storeOfTwin(store));
  /** @type {string | null} */
  let wanted = null;
  /** @type {string | undefined} the first run it was last shown beside */
  let beside;

  /** @param {Run} run */
  function meet(run) {
    wanted = run.id;
    beside = store.state.run?.id;
    follow(run);
    if (store.state.view.scene === "twins") commands.chooseDetails({ with: run.id });
    commands.loadRuns();
  }

  /** @param {string} id */
  async function find(id) {
    try {
      const run = await api.run(id);
      if (wanted === id) follow(run);
    } catch (error) {
      if (wanted !== id) return;
      const gone = /** @type {any} */ (error).status === 404;
      const message = error instanceof Error ? error.message : String(error);
      store.dispatch(
        gone
          ? { type: "twin_told", action: { type: "run_missing", id } }
          : { type: "request_failed", message },
      );
    }
  }

  /**
   * Whoever comes back to the scene finds the pair that was there.
   * @param {import("../types.js").State} state
   */
  function watch({ view, run }) {
    if (view.scene !== "twins") return;
    const id = view.details.with;
    if (id === undefined && wanted !== null && beside === run?.id)
      return commands.chooseDetails({ with: wanted });
    if ((id ?? null) === wanted) {
      beside = run?.id;
      return;
    }
    leave();
    store.dispatch({ type: "twin_left" });
    wanted = id ?? null;
    if (id !== undefined) find(id);
  }

  /** @param {() => Promise<Run | null>} begin */
  async function asking(begin) {
    if (store.state.pending !== null) return;
    store.dispatch({ type: "request_began", what: "twin" });
    try {
      const run = await begin();
      store.dispatch({ type: "request_ended" });
      if (run) meet(run);
    } catch (error) {
      store.dispatch({
        type: "request_failed",
        message: error instanceof Error ? error.message : String(error),
      });
    }
  }

  store.subscribe(watch);
  return {
    retry,
    /**
     * Begins a twin of the run on the stage; where there is none, that one first.
     * @param {(recipe: any) => object} change
     */
    async whatIf(change) {
      const first = store.state.run ?? (await commands.start());
      if (first) await asking(() => api.start(recipeAgain(first, change(first.recipe))));
    },
    async bothAgain() {
      const { run, twin } = store.state;
      if (!run || !twin?.run) return;
      const second = recipeAgain(twin.run);
      if (await commands.runAgain()) await asking(() => api.start(second));
    },
    stop() {
      const { run, twin } = store.state;
      const live = [twin?.run, run].find(
        (one) => one && ["queued", "running", "paused"].includes(one.status),
      );
      if (live)
        api
          .change(live.id, { status: "stopped" })
          .catch((error) => store.dispatch({ type: "request_failed", message: error.message }));
    },
  };
}

/**
 * A store whose state is that of the second run.
 * @param {import("../store.js").Store} store
 * @returns {import("../store.js").Store}
 */
function storeOfTwin(store) {
  return {
    ...store,
    get state() {
      return store.state.twin ?? NOBODY;
    },
    dispatch: (action) => store.dispatch({ type: "twin_told", action }),
  };
}
