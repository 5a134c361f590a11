// @ts-check
// Filters and numbers of a sweep at the moment that the scrubber is at; those seen before are kept.

import { askNewest } from "../../net/newest.js";
import { sweeps } from "../../net/sweeps.js";
import { keyOf } from "../../map/model.js";
import { kernelOf, limitOfAll, momentOf } from "../../map/told.js";

/**
 * @typedef {import("../../map/board.js").Moment} Moment
 * @typedef {import("../../types.js").Kernel} Kernel
 * @typedef {import("../../net/sweeps.js").Told} Told
 */

const MOST_KEPT = 60;
/** Of large maps few filters are shown: each is a kilobyte. @param {number} cells */
const filtersOf = (cells) => (cells <= 49 ? 5 : cells <= 120 ? 3 : 1);
/** So many seeds' filters are shown beside the map, and so many of each. */
const [MOST_SEEDS, SIDE_FILTERS] = [5, 8];
/** From so many cells on asking for all of them for one cell's sake costs too much. */
const MOST_CELLS_FOR_SEEDS = 60;

/** @type {Moment} */
const NOTHING = { kernels: new Map(), values: new Map(), limit: 1 };

/** @param {number | null} moment @param {number | null} total */
const queryOf = (moment, total) =>
  moment === null ? "share=1" : total === null ? `share=${moment}` : `step=${moment}`;

export class Moments {
  /** @type {Map<string, Moment>} */
  #known = new Map();
  /** @type {Map<string, Map<number, Kernel>>} */
  #seeds = new Map();
  /** Never shrinks, so that no colour breathes. */
  #limit = 0;
  #asked = "";
  #askedSeeds = "";
  #id = "";
  #shown = NOTHING;

  /** @param {() => void} changed @param {(problem: Error) => void} failed */
  constructor(changed, failed) {
    this.changed = changed;
    const fail = (/** @type {Error} */ problem) => {
      this.#asked = this.#askedSeeds = "";
      failed(problem);
    };
    this.ask = askNewest((/** @type {() => void} */ take) => take(), fail);
    this.askSeeds = askNewest(
      (/** @type {() => void} */ take) => take(),
      () => {},
    );
  }

  forget() {
    this.#known.clear();
    this.#seeds.clear();
    [this.#limit, this.#asked, this.#askedSeeds, this.#shown] = [0, "", "", NOTHING];
  }

  /**
   * What is known of that moment; until it is, what was shown before.
   * @param {Told} sweep
   * @param {number | null} moment
   * @param {number | null} total
   * @returns {Moment}
   */
  at(sweep, moment, total) {
    if (sweep.id !== this.#id) this.forget();
    this.#id = sweep.id;
    const query = queryOf(moment, total);
    const key = moment === null ? `${query} ${sweep.revision}` : `${query} ${stateOf(sweep)}`;
    const known = this.#known.get(key);
    if (known) this.#shown = known;
    else if (this.#asked !== key) {
      this.#asked = key;
      this.ask(() => this.#fetch(sweep, query, key));
    }
    return this.#shown.limit === this.#limit ? this.#shown : { ...this.#shown, limit: this.#limit || 1 };
  }

  /** @param {Told} sweep @param {string} query @param {string} key */
  async #fetch(sweep, query, key) {
    const told = await sweeps.strips(sweep.id, query, filtersOf(sweep.cell_count));
    return () => {
      const moment = momentOf(sweep, told);
      this.#limit = Math.max(this.#limit, limitOfAll(sweep, [moment]));
      if (this.#known.size >= MOST_KEPT) this.#known.delete([...this.#known.keys()][0]);
      this.#shown = { ...moment, limit: this.#limit };
      this.#known.set(key, this.#shown);
      this.changed();
    };
  }

  /**
   * The filters of each seed of one cell.
   * @param {Told} sweep
   * @param {number[]} at
   * @param {number | null} moment
   * @param {number | null} total
   * @returns {Map<number, Kernel>}
   */
  seedsOf(sweep, at, moment, total) {
    if (sweep.cell_count > MOST_CELLS_FOR_SEEDS) return new Map();
    const query = queryOf(moment, total);
    const key = `${query} ${moment === null ? sweep.revision : stateOf(sweep)}`;
    if (this.#askedSeeds !== key) {
      this.#askedSeeds = key;
      this.askSeeds(() => this.#fetchSeeds(sweep, query));
    }
    return this.#seeds.get(keyOf(at)) ?? new Map();
  }

  /** @param {Told} sweep @param {string} query */
  async #fetchSeeds(sweep, query) {
    const seeds = sweep.seeds.slice(0, MOST_SEEDS);
    const told = await Promise.all(seeds.map((seed) => sweeps.strips(sweep.id, query, SIDE_FILTERS, seed)));
    return () => {
      this.#seeds = new Map(sweep.cells.map(({ at }) => [keyOf(at), new Map()]));
      told.forEach(({ cells }, place) => {
        for (const { at, kernels } of cells)
          if (kernels) this.#seeds.get(keyOf(at))?.set(seeds[place], kernelOf(kernels));
      });
      this.changed();
    };
  }
}

/** What of a sweep may change what is known of an earlier moment. @param {Told} sweep */
const stateOf = ({ counts, status }) => JSON.stringify([counts, status]);
