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
 * The ids of the runs that went just now: none where an older deletion is shown again.
 * @param {Deletion | null} now
 * @param {Deletion | null} before
 */
export const goneNow = (now, before) => (now && !(before && now.ends < before.ends) ? now.runs : []);

/** @typedef {{deletion: Deletion, left: string | null, clock: number}} Kept */

/**
 * @typedef {object} Stage  The run that is shown, and the list of those there are.
 * @property {() => void} leave
 * @property {(id: string) => Promise<void>} openRun
 * @property {() => Promise<void>} loadRuns
 */

export class Deleting {
  /**
   * What can be taken back, the newest last; `left` is the run of it that stood on the stage.
   * @type {Kept[]}
   */
  #stack = [];
  /** Ids of runs of which the server has been asked, but hasn't answered. @type {Set<string>} */
  #going = new Set();
  /** What is being taken back, and then those of further presses. @type {Kept[]} */
  #comingBack = [];

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
    const names = runs.length === 1 ? `“${runs[0].name}”` : `${grouped(runs.length)} runs`;
    await this.#remove(ids, names, () => runTable.remove(ids));
  }

  /**
   * With all its runs. Returns whether it is gone.
   * @param {import("../net/sweeps.js").Told} sweep
   */
  async removeSweep({ id, name }) {
    return this.#remove([id], `the sweep “${name}”`, () => runTable.removeSweep(id));
  }

  /**
   * @param {string[]} going  the ids of what is to go
   * @param {string} names
   * @param {() => Promise<import("../net/answers.js").DeletionAnswer>} ask
   */
  async #remove(going, names, ask) {
    if (going.some((id) => this.#going.has(id))) return false; // pressed twice
    going.forEach((id) => this.#going.add(id));
    try {
      this.#note(await ask(), names);
      return true;
    } catch (error) {
      this.#refuse(messageOf(error));
      return false;
    } finally {
      going.forEach((id) => this.#going.delete(id));
    }
  }

  /** @param {import("../net/answers.js").DeletionAnswer} answer @param {string} names */
  #note({ id, until, runs: ids }, names) {
    const seconds = Math.min(USUAL_SECONDS, (Date.parse(until) - Date.now()) / 1000);
    // By this clock: that of the server may be another.
    const milliseconds = (seconds > 1 ? seconds : USUAL_SECONDS) * 1000;
    const deletion = { id, runs: ids, names, ends: performance.now() + milliseconds };
    const { run } = this.store.state;
    const left = run && ids.includes(run.id) ? run.id : null;
    const clock = window.setTimeout(() => this.#drop(deletion), milliseconds);
    this.#stack.push({ deletion, left, clock });
    this.store.dispatch({ type: "runs_deleted", deletion });
    if (left) this.stage.leave();
    this.stage.loadRuns();
  }

  /**
   * The last ones come back, then those before them, each while there is time; what stood on the stage stands
   * there again if nothing else does.
   */
  async undo() {
    const newest = this.#stack.filter((one) => !this.#comingBack.includes(one)).at(-1);
    if (!newest) return;
    this.#comingBack.push(newest);
    if (this.#comingBack.length > 1) return; // its turn comes
    for (; this.#comingBack.length; this.#comingBack.shift())
      if (!(await this.#takeBack(this.#comingBack[0]))) this.#comingBack = [];
  }

  /** Returns whether that one is settled, so that those before it can follow. @param {Kept} kept */
  async #takeBack(kept) {
    const { deletion, left } = kept;
    if (!this.#stack.includes(kept)) return true; // its time was over meanwhile
    try {
      await runTable.takeBack(deletion.id);
      this.#end(deletion, left);
      return true;
    } catch (error) {
      this.#refuse(messageOf(error));
      const isOver = error instanceof ApiError && error.status === 404;
      if (isOver) this.#end(deletion, null); // else it may be asked once more, while there is time
      return isOver;
    }
  }

  /**
   * Of that one alone: another may have come meanwhile.
   * @param {Deletion} deletion
   * @param {string | null} left  the run of it that stood on the stage
   */
  #end(deletion, left) {
    this.#drop(deletion);
    this.stage.loadRuns();
    const { run, missing } = this.store.state;
    if (left && !run && (missing === null || missing === left)) this.stage.openRun(left);
  }

  /** It can't be taken back any more; the one before it can, if there is any. @param {Deletion} deletion */
  #drop(deletion) {
    clearTimeout(this.#stack.find((one) => one.deletion === deletion)?.clock);
    this.#stack = this.#stack.filter((one) => one.deletion !== deletion);
    if (this.store.state.deletion?.id === deletion.id)
      this.store.dispatch({ type: "deletion_over", next: this.#stack.at(-1)?.deletion ?? null });
  }

  /** @param {string} message */
  #refuse(message) {
    this.store.dispatch({ type: "request_failed", message });
  }
}
