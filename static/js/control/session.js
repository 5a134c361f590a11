// @ts-check
// What one can do: each command asks the server where it must and tells the store what came of it.

import { api } from "../net/api.js";
import { followRun } from "../net/stream.js";
import { frameOf } from "../state/frames.js";
import { choiceKey, isLive } from "../state/selectors.js";
import { spoilOf } from "../state/run.js";
import { mendingRate } from "./mending.js";

/** @typedef {import("../store.js").Store} Store */

export const RUNS_A_PAGE = 6;
const SPOILS = {
  none: { pixels: "natural", labels: "true" },
  pixels: { pixels: "shuffled", labels: "true" },
  labels: { pixels: "natural", labels: "random" },
};

/** @param {Store} store */
export function createSession(store) {
  /** @type {ReturnType<typeof followRun> | null} */
  let following = null;

  /** Says so where the server refuses. @template T @param {string} what @param {() => Promise<T>} work */
  async function asking(what, work) {
    if (store.state.pending !== null) return null;
    store.dispatch({ type: "request_began", what });
    try {
      const answer = await work();
      store.dispatch({ type: "request_ended" });
      return answer;
    } catch (error) {
      store.dispatch({ type: "request_failed", message: error instanceof Error ? error.message : String(error) });
      return null;
    }
  }

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

  /** The open run's recipe, changed. @param {object} [overrides] */
  function again(overrides = {}) {
    const { run } = store.state;
    if (!run) return null;
    if (run.preset) return launch({ preset: run.preset, ...SPOILS[spoilOf(run)], ...kept(run), ...overrides });
    return launch({ ...run.recipe, ...overrides });
  }

  const recipeOf = (/** @type {import("../types.js").Choice} */ { preset, spoil }) => ({ preset, ...(spoil === "none" ? {} : SPOILS[spoil]) });

  function leave() {
    following?.close();
    following = null;
    store.dispatch({ type: "run_left" });
  }

  async function preview() {
    const { choice } = store.state;
    if (store.state.preview?.key === choiceKey(choice)) return;
    const told = await api.preview(recipeOf(choice)).catch(() => null);
    if (!told || choiceKey(store.state.choice) !== choiceKey(choice)) return;
    const frame = frameOf(told.snapshot);
    store.dispatch({ type: "preview_loaded", preview: { key: choiceKey(choice), frame, total: told.total_steps } });
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
    runUnspoiled: () => again(SPOILS.none),
    mend: () => again({ optimizer: { ...store.state.run?.recipe.optimizer, learning_rate: mendingRate(store.state) } }),
    pause: () => change("pause", { status: "paused" }),
    resume: () => change("resume", { status: "running" }),
    stop: () => change("stop", { status: "stopped" }),
    async step() {
      const { run } = store.state;
      if (run?.status === "running") return change("pause", { status: "paused" });
      if (!isLive(store.state)) await launch(recipeOf(store.state.choice));
      return change("step", { advance: 1 });
    },
    reconnect: () => following?.retry(),
    choosePreset: (/** @type {string} */ preset) => choose({ preset }),
    chooseSpoil: (/** @type {import("../types.js").Spoil} */ spoil) => choose({ spoil }),
    async openRun(/** @type {string} */ id) {
      try {
        follow(await api.run(id));
        preview();
      } catch (error) {
        following?.close();
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

/** What a preset run was given beside its preset: its length, seeds and rate. @param {import("../types.js").Run} run */
function kept({ recipe }) {
  const { seed, data_seed, steps, epochs, optimizer } = recipe;
  return { seed, data_seed, optimizer, ...(steps ? { steps } : { epochs }) };
}
