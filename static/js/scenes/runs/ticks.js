// @ts-check
// The runs that are ticked, however far apart they lie.

/** @typedef {import("../../types.js").Run} Run */

export class Ticks {
  /** @type {Map<string, Run>} */
  #runs = new Map();
  /** Where a range begins. @type {number | null} */
  #from = null;
  /** What was ticked before many were at once. @type {Map<string, Run> | null} */
  #before = null;

  /** @param {import("./listing.js").Listing} listing @param {() => void} changed */
  constructor(listing, changed) {
    this.listing = listing;
    this.changed = changed;
  }

  get runs() {
    return [...this.#runs.values()];
  }

  get count() {
    return this.#runs.size;
  }

  /** Whether nothing that the list shows is left to tick; what is ticked may lie outside of it. */
  get isAll() {
    const shown = this.listing.count ?? 0;
    if (!shown || this.#runs.size < shown) return false;
    for (const run of this.listing.known()) if (!this.has(run)) return false;
    return true;
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
    this.#before = null;
    if (!this.#runs.delete(run.id)) this.#runs.set(run.id, run);
    this.changed();
  }

  /** All from where the last tick was to here. @param {number} from @param {number} to */
  async range(from, to) {
    const start = (this.#from ??= from);
    this.#add(await this.listing.between(Math.min(start, to), Math.max(start, to)));
  }

  /** All that the list shows, however many. */
  async all() {
    this.#add(await this.listing.all());
  }

  /** @param {Run[]} runs */
  #add(runs) {
    if (!runs.some((run) => !this.has(run))) return; // nothing that could be taken back
    this.#before = new Map(this.#runs);
    for (const run of runs) this.#runs.set(run.id, run);
    this.changed();
  }

  /** As it was before many were ticked, or let go of, at once; false where that wasn't what happened last. */
  undo() {
    if (!this.#before) return false;
    this.#runs = this.#before;
    this.#before = null;
    this.changed();
    return true;
  }

  /** As they are told now; none is ticked that is gone. @param {string[]} gone */
  renew(gone = []) {
    for (const id of gone) this.#runs.delete(id);
    if (gone.length) this.#before = null;
    for (const run of this.listing.known()) if (this.#runs.has(run.id)) this.#runs.set(run.id, run);
  }

  clear() {
    if (this.#runs.size) this.#before = this.#runs;
    this.#runs = new Map();
    this.#from = null;
    this.changed();
  }
}
