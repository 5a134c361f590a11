// @ts-check
// Which place is looked at: the one pointed at, or else the one chosen, which the address keeps.

import { changeDetails } from "../../control/details.js";

/**
 * @typedef {import("./places.js").Place} Place
 * @typedef {import("./specimen.js").Specimen} Specimen
 */

export class LookedAt {
  /** @type {Place | null} */
  pointed = null;

  /**
   * @param {import("../../store.js").Store} store
   * @param {() => Specimen | null} specimen
   * @param {() => void} redraw
   */
  constructor(store, specimen, redraw) {
    this.store = store;
    this.specimen = specimen;
    this.redraw = redraw;
  }

  /** What pointer and keys do to it. @returns {import("./places.js").Looking} */
  get looking() {
    return {
      point: (place) => this.#point(place),
      choose: (place) => this.#choose(place),
      move: (rows, columns) => this.#move(rows, columns),
    };
  }

  /** @param {Specimen} specimen @returns {Place} */
  in({ size, place }) {
    const here = this.pointed;
    return here && here[0] < size[0] && here[1] < size[1] ? here : place;
  }

  /** @param {Place | null} place */
  #point(place) {
    if (place?.join() === this.pointed?.join()) return;
    this.pointed = place;
    this.redraw();
  }

  /** @param {Place} place */
  #choose([row, column]) {
    this.pointed = null;
    changeDetails(this.store, { row: String(row), column: String(column) });
  }

  /** @param {number} rows @param {number} columns */
  #move(rows, columns) {
    const specimen = this.specimen();
    if (!specimen) return;
    const [row, column] = this.in(specimen);
    const within = (/** @type {number} */ at, /** @type {0 | 1} */ axis) =>
      Math.max(0, Math.min(specimen.size[axis] - 1, at));
    this.#choose([within(row + rows, 0), within(column + columns, 1)]);
    this.redraw(); // the next key may come before the next picture
  }
}
