// @ts-check
// Keeps the store in step with one run: its events, its film, the list of runs.

import { api } from "../net/api.js";
import { followRun } from "../net/stream.js";

export const RUNS_A_PAGE = 6;

/** @param {import("../store.js").Store} store */
export function createFollowing(store) {
  /** @type {ReturnType<typeof followRun> | null} */
  let following = null;

  /** @param {import("../types.js").Run} run */
  function follow(run) {
    following?.close();
    store.dispatch({ type: "run_opened", run });
    const { id } = run;
    const connect = (/** @type {object} */ connection) => {
      if (store.state.run?.id === id) store.dispatch({ type: "connection_changed", connection });
    };
    following = followRun(id, {
      onEvent: (event) => store.dispatch({ type: "event", run: id, at: performance.now(), ...event }),
      onReset: () => store.dispatch({ type: "story_reset", run: id }),
      onOpen: () => connect({ status: "open" }),
      onLost: (wait) => {
        const { status, lostAt } = store.state.connection;
        const now = performance.now();
        connect({ status: "lost", retryAt: now + wait * 1000, lostAt: status === "lost" ? lostAt : now });
        checkStillThere(id);
      },
      onEnd: () => {
        connect({ status: "closed" });
        refresh(id);
        if (store.state.gaps) loadFilm(id, null);
        if (store.state.view.layer) loadFilm(id, store.state.view.layer);
      },
    });
  }

  /** A run that someone deleted does not come back by waiting. @param {string} id */
  async function checkStillThere(id) {
    const gone = await api.run(id).then(
      () => false,
      (error) => error.status === 404,
    );
    if (!gone || store.state.run?.id !== id) return;
    following?.close();
    store.dispatch({ type: "run_missing", id });
  }

  /** @param {string} id */
  async function refresh(id) {
    const run = await api.run(id).catch(() => null);
    if (run) store.dispatch({ type: "run_refreshed", run });
    await loadRuns();
  }

  async function loadRuns() {
    const limit = Math.max(RUNS_A_PAGE, store.state.runs.length);
    const page = await api.runs(limit).catch(() => null);
    if (page) store.dispatch({ type: "runs_loaded", runs: page.runs, cursor: page.next_cursor });
  }

  /** @param {string} id @param {string | null} layer */
  async function loadFilm(id, layer) {
    const name = layer ?? store.state.frames[0]?.layer ?? "conv1";
    try {
      store.dispatch({ type: "film_loaded", run: id, film: await api.film(id, name) });
    } catch {
      if (layer) store.dispatch({ type: "film_failed", layer });
    }
  }

  function leave() {
    following?.close();
    following = null;
  }

  return { follow, leave, loadRuns, loadFilm, retry: () => following?.retry() };
}
