// @ts-check
// Keeps the second run of a pair: found by the address, begun by one click, followed like the first.

import { LIVE_STATUSES } from "../contract.js";
import { ApiError, api } from "../net/api.js";
import { initialState } from "../state/initial.js";
import { asking, messageOf } from "./asking.js";
import { Following } from "./following.js";
import { recipeAgain } from "./recipes.js";

const NOBODY = initialState();

export class Twin {
  /** @type {string | null} */
  #wanted = null;
  /** The first run it was last shown beside. @type {string | undefined} */
  #beside;

  /**
   * @param {import("../store.js").Store} store
   * @param {import("../types.js").Commands} commands
   */
  constructor(store, commands) {
    this.store = store;
    this.commands = commands;
    this.following = new Following(storeOfTwin(store));
    store.subscribe((state, before) => {
      this.#watch(state);
      const [deletion, now] = [before.deletion, state.deletion];
      if (deletion && (!now || now.ends < deletion.ends)) this.#findAgain(deletion); // no newer one
    });
  }

  retry() {
    this.following.retry();
  }

  /**
   * Begins a twin of the run on the stage; where there is none, that one first.
   * @param {(recipe: import("../types.js").Recipe) => object} change
   */
  async whatIf(change) {
    const first = this.store.state.run ?? (await this.commands.start());
    if (first?.recipe) await this.#begin(recipeAgain(first, change(first.recipe)));
  }

  /** Begins the run on the stage once more where that began, but with the filters that it holds at 0. */
  async letGo() {
    const { run } = this.store.state;
    if (!run?.continues) return this.whatIf(() => ({ without: undefined }));
    const { run: before, step } = run.continues;
    await this.#follow(() => api.trainOn(before, step, { total_steps: run.total_steps }));
  }

  async bothAgain() {
    const { run, twin } = this.store.state;
    if (!run || !twin?.run) return;
    const second = recipeAgain(twin.run);
    if (await this.commands.runAgain()) await this.#begin(second);
  }

  stop() {
    const { run, twin } = this.store.state;
    const live = [twin?.run, run].find(
      (one) => one && LIVE_STATUSES.has(one.status) && one.status !== "stopping",
    );
    if (!live) return;
    api
      .change(live.id, { status: "stopped" })
      .catch((error) => this.store.dispatch({ type: "request_failed", message: error.message }));
  }

  /** @param {object} recipe */
  #begin(recipe) {
    return this.#follow(() => api.start(recipe));
  }

  /** @param {() => Promise<import("../types.js").Run>} start */
  async #follow(start) {
    const run = await asking(this.store, "twin", start);
    if (!run) return;
    this.#wanted = run.id;
    this.#beside = this.store.state.run?.id;
    this.following.follow(run);
    if (this.store.state.view.scene === "twins") this.commands.chooseDetails({ with: run.id });
    this.commands.loadRuns();
  }

  /**
   * Whoever comes back to the scene finds the pair that was there.
   * @param {import("../types.js").State} state
   */
  #watch({ view, run }) {
    if (view.scene !== "twins") return;
    const id = view.details.with;
    if (id === undefined && this.#wanted !== null && this.#beside === run?.id)
      return this.commands.chooseDetails({ with: this.#wanted });
    if ((id ?? null) === this.#wanted) {
      this.#beside = run?.id;
      return;
    }
    this.following.leave();
    this.store.dispatch({ type: "twin_left" });
    this.#wanted = id ?? null;
    if (id !== undefined) this.#find(id);
  }

  /** A deletion may have been taken back. @param {import("../types.js").Deletion} deletion */
  #findAgain({ runs }) {
    const { twin } = this.store.state;
    if (this.#wanted !== null && runs.includes(this.#wanted) && !twin?.run) this.#find(this.#wanted);
  }

  /** @param {string} id */
  async #find(id) {
    try {
      const run = await api.run(id);
      if (this.#wanted === id) this.following.follow(run);
    } catch (error) {
      if (this.#wanted !== id) return;
      const gone = error instanceof ApiError && error.status === 404;
      this.store.dispatch(
        gone
          ? { type: "twin_told", action: { type: "run_missing", id } }
          : { type: "request_failed", message: messageOf(error) },
      );
    }
  }
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
