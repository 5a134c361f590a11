// @ts-check
// Deleting runs, wherever on the page that is asked for, and taking it back while it can be.

import { LIVE_STATUSES } from "../contract.js";
import { ApiError } from "../net/api.js";
import { runTable } from "../net/run_table.js";
import { grouped } from "../words/numbers.js";
import { messageOf } from "./asking.js";

/** @typedef {import("../types.js").Run} Run @typedef {import("../types.js").Deletion} Deletion */

const USUAL_SECONDS = 30;
const MOST = 2000; // that the server takes out at once

/** Whether it may go now: one that trains here has to be stopped first. @param {Run} run */
export const isDeletable = ({ status, can }) => !(can.steer && LIVE_STATUSES.has(status));

/**
 * @typedef {object} Stage  The run that is shown, and the list of those there are.
 * @property {() => void} leave
 * @property {(id: string) => Promise<void>} openRun
 * @property {() => Promise<void>} loadRuns
 */

export class Deleting {
  #clock = 0;
  /** Ids of runs of which the server has been asked, but hasn't answered. @type {Set<string>} */
  #going = new Set();
  #isTakingBack = false;
  /** The run that stood on the stage when it was deleted. @type {string | null} */
  #left = null;

  /** @param {import("../store.js").Store} store @param {Stage} stage */
  constructor(store, stage) {
    this.store = store;
    this.stage = stage;
  }

  /** All of them, or none. @param {Run[]} runs */
  async remove(runs) {
    if (runs.length > MOST)
      return this.#refuse(`At most ${grouped(MOST)} runs are deleted at once: tick fewer of them.`);
    const live = runs.find((run) => !isDeletable(run));
    if (live) return this.#refuse(`“${live.name}” still trains: stop it before you delete it.`);
    const ids = runs.map(({ id }) => id);
    if (ids.some((id) => this.#going.has(id))) return; // pressed twice
    ids.forEach((id) => this.#going.add(id));
    try {
      await this.#remove(runs, ids);
    } catch (error) {
      this.#refuse(messageOf(error));
    } finally {
      ids.forEach((id) => this.#going.delete(id));
    }
  }

  /** @param {Run[]} runs @param {string[]} ids */
  async #remove(runs, ids) {
    const { id, until } = await runTable.remove(ids);
    const seconds = Math.min(USUAL_SECONDS, (Date.parse(until) - Date.now()) / 1000);
    // By this clock: that of the server may be another.
    const milliseconds = (seconds > 1 ? seconds : USUAL_SECONDS) * 1000;
    const names = runs.length === 1 ? `“${runs[0].name}”` : `${grouped(runs.length)} runs`;
    this.store.dispatch({
      type: "runs_deleted",
      deletion: { id, runs: ids, names, ends: performance.now() + milliseconds },
    });
    this.#forget(milliseconds);
    this.#leave(ids);
  }

  /** The last ones come back; the one that stood on the stage stands there again if nothing else does. */
  async undo() {
    const { deletion } = this.store.state;
    if (!deletion || this.#isTakingBack) return;
    this.#isTakingBack = true;
    const left = this.#left;
    try {
      await runTable.takeBack(deletion.id);
      this.#end(deletion, left);
    } catch (error) {
      this.#refuse(messageOf(error));
      const isOver = error instanceof ApiError && error.status === 404;
      if (isOver) this.#end(deletion, null); // else it may be asked once more, while there is time
    } finally {
      this.#isTakingBack = false;
    }
  }

  /**
   * Of that one alone: another may have come meanwhile.
   * @param {Deletion} deletion
   * @param {string | null} left  the run of it that stood on the stage
   */
  #end(deletion, left) {
    if (this.store.state.deletion?.id === deletion.id) {
      clearTimeout(this.#clock);
      this.store.dispatch({ type: "deletion_over" });
    }
    this.stage.loadRuns();
    const { run, missing } = this.store.state;
    if (left && !run && (missing === null || missing === left)) this.stage.openRun(left);
  }

  /** @param {number} milliseconds  until nothing can be taken back */
  #forget(milliseconds) {
    clearTimeout(this.#clock);
    this.#clock = window.setTimeout(() => this.store.dispatch({ type: "deletion_over" }), milliseconds);
  }

  /** @param {string[]} ids */
  #leave(ids) {
    const { run } = this.store.state;
    this.#left = run && ids.includes(run.id) ? run.id : null;
    if (this.#left) this.stage.leave();
    this.stage.loadRuns();
  }

  /** @param {string} message */
  #refuse(message) {
    this.store.dispatch({ type: "request_failed", message });
  }
}
