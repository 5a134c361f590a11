// @ts-check
// Deleting many runs together, and taking that back while it can be.

import { messageOf } from "../../control/asking.js";
import { runTable } from "../../net/run_table.js";
import { byId, write } from "../../views/elements.js";

/** @typedef {import("../../types.js").Run} Run */
/** @typedef {{id: string, names: string, ends: number}} Deletion */

const TICK = 1000;

export class Deleting {
  /** The last one, while it can be taken back. @type {Deletion | null} */
  #last = null;
  #clock = 0;

  /**
   * @param {import("../../store.js").Store} store
   * @param {(gone: string[]) => void} changed  runs are gone, or there again
   */
  constructor(store, changed) {
    this.store = store;
    this.changed = changed;
    byId("runs-undo").onclick = () => this.undo();
  }

  get isShown() {
    return this.#last !== null;
  }

  /** @param {Run[]} runs */
  async remove(runs) {
    const ids = runs.map(({ id }) => id);
    try {
      const { id, until } = await runTable.remove(ids);
      const names = runs.length === 1 ? `“${runs[0].name}”` : `${runs.length} runs`;
      const seconds = Math.min(30, (Date.parse(until) - Date.now()) / 1000);
      // By this clock: that of the server may be another.
      this.#last = { id, names, ends: performance.now() + (seconds > 1 ? seconds : 30) * 1000 };
      for (const one of ids) this.store.dispatch({ type: "run_deleted", id: one });
      this.#run();
      this.changed(ids);
    } catch (error) {
      this.#say(error);
    }
  }

  async undo() {
    const last = this.#last;
    if (!last) return;
    this.#last = null;
    try {
      await runTable.takeBack(last.id);
    } catch (error) {
      this.#say(error);
    }
    this.#run();
    this.changed([]);
  }

  /** Counts down. */
  #run() {
    clearInterval(this.#clock);
    const show = () => {
      const left = this.#last ? Math.ceil((this.#last.ends - performance.now()) / 1000) : 0;
      if (left <= 0) {
        clearInterval(this.#clock);
        this.#last = null;
      }
      byId("runs-deleted").hidden = !this.#last;
      byId("runs-tray").classList.toggle("says-deleted", this.isShown);
      if (!this.#last) return;
      write(byId("runs-deleted-names"), this.#last.names);
      write(byId("runs-deleted-left"), `for ${left} s`);
    };
    show();
    if (this.#last) this.#clock = window.setInterval(show, TICK);
  }

  /** @param {unknown} error */
  #say(error) {
    this.store.dispatch({ type: "request_failed", message: messageOf(error) });
  }
}
