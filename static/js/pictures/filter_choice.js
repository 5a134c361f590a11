// @ts-check
// The filters to choose from: a click or the arrow keys go from one to another.

import { fewOf } from "../state/paging.js";
import { Montage } from "../views/montage.js";
import { spokenFilter } from "../words/filters.js";

const COLUMNS = 8;

/** @typedef {import("../types.js").Frame} Frame */

export class FilterChoice {
  #count = 0;
  /** The filter that is to have the focus once it has a tile. @type {number | null} */
  #awaited = null;

  /**
   * @param {HTMLElement} root
   * @param {(filter: number) => void} choose  from 0
   * @param {() => number} [height]  to fill; without it there are columns of one width
   */
  constructor(root, choose, height) {
    this.choose = choose;
    this.montage = new Montage(root, {
      gap: 6,
      caption: () => 0,
      interactive: true,
      height: height ?? (() => Infinity),
      columns: (count) => (height ? undefined : Math.min(count, COLUMNS * Math.ceil(count / 64))),
    });
    root.addEventListener("click", (event) => {
      const tile = event.target instanceof Element ? event.target.closest(".tile") : null;
      if (tile instanceof HTMLElement) choose(Number(tile.dataset.filter));
    });
    root.addEventListener("keydown", (event) => this.#moveByKey(event));
  }

  /** Also to one that isn't among the tiles yet. @param {KeyboardEvent} event */
  #moveByKey(event) {
    const { tiles, fit, from } = this.montage;
    const here = tiles.indexOf(/** @type {HTMLElement} */ (event.target));
    const columns = fit?.columns ?? 1;
    /** @type {Record<string, number>} */
    const moves = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns };
    const at = here + moves[event.key];
    if (here < 0 || !(from + at >= 0 && from + at < this.#count)) return;
    event.preventDefault();
    this.choose(from + at);
    if (tiles[at]) tiles[at].focus();
    else this.#awaited = from + at;
  }

  /** @param {Frame} frame @param {number} limit  of the colours @param {number} filter  chosen */
  draw(frame, limit, filter) {
    this.#count = frame.kernel.shape[3];
    const few = fewOf(frame, filter);
    this.montage.draw({ frame: few, limitOf: () => limit });
    this.montage.caption(few, (each) => spokenFilter(frame, each));
    this.montage.select(filter);
    if (this.#awaited === null) return;
    this.montage.tiles[this.#awaited - this.montage.from]?.focus();
    this.#awaited = null;
  }
}
