// @ts-check
// The list as far as it is known: pages of it, fetched where somebody looks, the newest wish first.

import { runTable } from "../../net/run_table.js";

/** @typedef {import("../../types.js").Run} Run */

const PAGE = 50;
const AT_ONCE = 2;
const MOST_KEPT = 40;
const MOST_AT_ONCE = 100; // that the server tells

export class Listing {
  /** Of all that were asked for; null until that is known. @type {number | null} */
  count = null;
  /** @type {string | null} */
  problem = null;
  #query = "";
  /** @type {Map<number, Run[]>} */
  #pages = new Map();
  /** @type {Set<number>} */
  #wanted = new Set();
  /** @type {Set<number>} */
  #asked = new Set();

  /** @param {() => void} changed */
  constructor(changed) {
    this.changed = changed;
  }

  /** @param {string} query */
  ask(query) {
    if (query === this.#query) return;
    this.#query = query;
    this.count = null;
    this.#pages.clear();
    this.#asked = new Set();
    this.#wanted = new Set([0]);
    this.#fetch();
  }

  /** @param {number} index @returns {Run | undefined} */
  at(index) {
    return this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE];
  }

  /** Those that were asked for and are kept. @returns {Generator<Run>} */
  *known() {
    for (const runs of this.#pages.values()) yield* runs;
  }

  /** Says which rows are looked at. @param {number} first @param {number} last */
  need(first, last) {
    this.#wanted = new Set();
    for (let page = Math.floor(first / PAGE); page * PAGE <= last; page++) this.#wanted.add(page);
    this.#fetch();
  }

  /** All runs from one row to another. @param {number} first @param {number} last */
  async between(first, last) {
    const query = this.#query;
    const found = [];
    for (let at = first; at <= last; at++) {
      if (!this.at(at)) await this.#load(Math.floor(at / PAGE));
      if (query !== this.#query) return [];
      const run = this.at(at);
      if (run) found.push(run);
    }
    return found;
  }

  /** All there are, whichever of them are kept; of a list that is chosen otherwise meanwhile, none. */
  async all() {
    const query = this.#query;
    /** @type {Map<string, Run>} */
    const found = new Map();
    for (let first = 0; first < (this.count ?? 0); first += MOST_AT_ONCE) {
      const { runs } = await runTable.page(query, first, MOST_AT_ONCE);
      if (query !== this.#query) return [];
      for (const run of runs) found.set(run.id, run);
    }
    return [...found.values()];
  }

  /** Asks again for what is looked at; what isn't may have changed too. */
  async refresh() {
    const looked = [...this.#wanted];
    for (const page of this.#pages.keys()) if (!this.#wanted.has(page)) this.#pages.delete(page);
    await Promise.all(looked.map((page) => this.#load(page)));
  }

  #fetch() {
    for (const page of this.#wanted) {
      if (this.#asked.size >= AT_ONCE) return;
      if (!this.#pages.has(page) && !this.#asked.has(page)) this.#load(page);
    }
  }

  /** @param {number} page */
  async #load(page) {
    const [query, asked] = [this.#query, this.#asked];
    asked.add(page);
    try {
      const { runs, count } = await runTable.page(query, page * PAGE, PAGE);
      if (query !== this.#query) return;
      this.problem = null;
      this.count = count ?? runs.length;
      this.#keep(page, runs);
    } catch (error) {
      if (query === this.#query) this.problem = /** @type {Error} */ (error).message;
    }
    asked.delete(page);
    this.changed();
    if (!this.problem) this.#fetch();
  }

  /** A run that is as it was stays the same object. @param {number} page @param {Run[]} runs */
  #keep(page, runs) {
    const known = new Map(this.#pages.get(page)?.map((run) => [run.id, run]));
    const same = (/** @type {Run} */ run) => {
      const before = known.get(run.id);
      return before && JSON.stringify(before) === JSON.stringify(run) ? before : run;
    };
    this.#pages.delete(page);
    this.#pages.set(page, runs.map(same));
    for (const old of this.#pages.keys())
      if (this.#pages.size > MOST_KEPT && !this.#wanted.has(old)) this.#pages.delete(old);
  }
}
