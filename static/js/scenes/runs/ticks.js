// @ts-check
// The runs that are ticked, however far apart they lie.

/** @typedef {import("../../types.js").Run} Run */

export class Ticks {
  /** @type {Map<string, Run>} */
  #runs = new Map();
  /** Where a range begins. @type {number | null} */
  #from = null;

  /** @param {import("./listing.js").Listing} listing @param {() => void} changed */
  constructor(listing, changed) {
    this.listing = listing;
    this.changed = changed;
  }

  get runs() {
    return [...this.#runs.values()];
  }

  /** @param {Run} run */
  has(run) {
    return this.#runs.has(run.id);
  }

  /** @param {number} index */
  turn(index) {
    const run = this.listing.at(index);
    if (!run) return;
    this.#from = index;
    if (!this.#runs.delete(run.id)) this.#runs.set(run.id, run);
    this.changed();
  }

  /** All from where the last tick was to here. @param {number} from @param {number} to */
  async range(from, to) {
    const start = (this.#from ??= from);
    const runs = await this.listing.between(Math.min(start, to), Math.max(start, to));
    for (const run of runs) this.#runs.set(run.id, run);
    this.changed();
  }

  /** As they are told now; none is ticked that is gone. @param {string[]} gone */
  renew(gone = []) {
    for (const id of gone) this.#runs.delete(id);
    for (const id of this.#runs.keys()) {
      const run = this.listing.at(this.listing.indexOf(id));
      if (run) this.#runs.set(id, run);
    }
  }

  clear() {
    this.#runs.clear();
    this.#from = null;
    this.changed();
  }
}
