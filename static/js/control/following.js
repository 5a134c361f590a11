// @ts-check
// Keeps the store in step with one run: its events, its film, the list of runs.

import { api } from "../net/api.js";
import { EventStream } from "../net/stream.js";
import { isFromElsewhere } from "../state/watched.js";

const RUNS_A_PAGE = 6;

export class Following {
  /** @type {EventStream | null} */
  #stream = null;
  /** Until then a link's settings are looked at. @type {Promise<void>} */
  settled = Promise.resolve();

  /** @param {import("../store.js").Store} store */
  constructor(store) {
    this.store = store;
  }

  /** @param {import("../types.js").Run} run */
  follow(run) {
    this.#stream?.close();
    this.store.dispatch({ type: "run_opened", run, at: performance.now() });
    const { id } = run;
    this.#stream = new EventStream(id, {
      onEvent: (event) => this.store.dispatch({ type: "event", run: id, at: performance.now(), ...event }),
      onReset: () => this.store.dispatch({ type: "story_reset", run: id }),
      onDamaged: () => this.#connect(id, { status: "damaged" }),
      onOpen: (isHeldBack) => this.#connect(id, { status: "open", isHeldBack }),
      onLost: (wait) => this.#lose(id, wait),
      onEnd: () => this.#end(id),
    });
  }

  leave() {
    this.#stream?.close();
    this.#stream = null;
  }

  retry() {
    this.#stream?.retry();
  }

  async loadRuns() {
    const limit = Math.max(RUNS_A_PAGE, this.store.state.runs.length);
    const page = await api.runs(limit).catch(() => null);
    if (page) this.store.dispatch({ type: "runs_loaded", runs: page.runs, cursor: page.next_cursor });
  }

  async moreRuns() {
    const page = await api.runs(RUNS_A_PAGE, this.store.state.runsCursor).catch(() => null);
    if (page) this.store.dispatch({ type: "runs_appended", runs: page.runs, cursor: page.next_cursor });
  }

  /** @param {string} id @param {string | null} layer  null is the streamed one */
  async loadFilm(id, layer) {
    const name = layer ?? this.store.state.frames[0]?.layer ?? "conv1";
    try {
      this.store.dispatch({ type: "film_loaded", run: id, film: await api.film(id, name) });
    } catch {
      if (layer) this.store.dispatch({ type: "film_failed", layer });
    }
  }

  /** @param {string} id @param {Partial<import("../types.js").Connection>} connection */
  #connect(id, connection) {
    if (this.store.state.run?.id === id) this.store.dispatch({ type: "connection_changed", connection });
  }

  /** @param {string} id @param {number} wait  seconds until it is tried again */
  #lose(id, wait) {
    const { status, lostAt } = this.store.state.connection;
    const now = performance.now();
    const since = status === "lost" ? lostAt : now;
    this.#connect(id, { status: "lost", retryAt: now + wait * 1000, lostAt: since });
    this.#checkStillThere(id);
  }

  /** @param {string} id */
  #end(id) {
    this.#connect(id, { status: "closed" });
    this.#refresh(id);
    if (this.store.state.gaps) this.loadFilm(id, null);
    if (this.store.state.view.layer && !isFromElsewhere(this.store.state))
      this.loadFilm(id, this.store.state.view.layer);
  }

  /** A run that someone deleted does not come back by waiting. @param {string} id */
  async #checkStillThere(id) {
    const gone = await api.run(id).then(
      () => false,
      (error) => error.status === 404,
    );
    if (!gone || this.store.state.run?.id !== id) return;
    this.#stream?.close();
    this.store.dispatch({ type: "run_missing", id });
  }

  /** @param {string} id */
  async #refresh(id) {
    const run = await api.run(id).catch(() => null);
    if (run) this.store.dispatch({ type: "run_refreshed", run, at: performance.now() });
    await this.loadRuns();
  }
}
