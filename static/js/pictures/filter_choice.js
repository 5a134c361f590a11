// @ts-check
// The filters to choose from: a click or the arrow keys go from one to another.

import { Montage } from "../views/montage.js";
import { spokenFilter } from "../words/filters.js";

const COLUMNS = 8;

/** @typedef {import("../types.js").Frame} Frame */

export class FilterChoice {
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

  /** @param {KeyboardEvent} event */
  #moveByKey(event) {
    const { tiles, fit } = this.montage;
    const here = tiles.indexOf(/** @type {HTMLElement} */ (event.target));
    const columns = fit?.columns ?? 1;
    /** @type {Record<string, number>} */
    const moves = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns };
    const next = tiles[here + moves[event.key]];
    if (here < 0 || !next) return;
    event.preventDefault();
    this.choose(here + moves[event.key]);
    next.focus();
  }

  /** @param {Frame} frame @param {number} limit  of the colours @param {number} filter  chosen */
  draw(frame, limit, filter) {
    this.montage.draw({ frame, limitOf: () => limit });
    this.montage.caption(frame, (each) => spokenFilter(frame, each));
    this.montage.select(filter);
  }
}
