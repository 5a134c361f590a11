// @ts-check
// Which answer is looked at: the one under the pointer, else the one chosen by a click or the arrow keys.

import { changeDetails } from "../../control/details.js";
import { numberIn } from "../../state/details.js";

/** @typedef {[number, number]} Place  row and column of an answer */

/** @type {Record<string, Place>} */
const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const FAR = 5;

export class Pointing {
  /** @type {Place | null} */
  #pointed = null;

  /**
   * @param {import("../../store.js").Store} store
   * @param {{answer: import("./answer.js").Answer, redraw: () => void}} scene
   */
  constructor(store, { answer, redraw }) {
    this.store = store;
    this.answer = answer;
    this.redraw = redraw;
  }

  /** Where one looks; at first where the filter answers most. @returns {Place} */
  get place() {
    const { row, column } = this.store.state.view.details;
    const [down, right] = [numberIn(row), numberIn(column)];
    const kept = down === null || right === null ? this.answer.strongest : [down, right];
    return this.#within(/** @type {Place} */ (this.#pointed ?? kept));
  }

  /**
   * Listens to a view of `size()` rows and columns; a pixel of it stands for the answer `shift()` before it.
   * @param {HTMLElement} view
   * @param {() => Place} size
   * @param {() => number} shift
   * @param {() => boolean} [isFree]  not while one draws on it
   */
  listen(view, size, shift, isFree = () => true) {
    const placeOf = (/** @type {PointerEvent} */ { clientX, clientY }) => {
      const { left, top, width, height } = view.getBoundingClientRect();
      const [rows, columns] = size();
      const at = [((clientY - top) / height) * rows, ((clientX - left) / width) * columns];
      return this.#within(/** @type {Place} */ (at.map((place) => Math.floor(place) - shift())));
    };
    view.addEventListener("pointermove", (event) => isFree() && this.#point(placeOf(event)));
    view.addEventListener("pointerleave", () => this.#point(null));
    view.addEventListener(
      "click",
      (event) => isFree() && this.#choose(placeOf(/** @type {PointerEvent} */ (event))),
    );
    view.addEventListener("keydown", (event) => {
      const move = MOVES[event.key];
      if (!move || !isFree() || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      const by = event.shiftKey ? FAR : 1;
      this.#choose(this.#within([this.place[0] + move[0] * by, this.place[1] + move[1] * by]));
    });
  }

  /** @param {Place | null} place */
  #point(place) {
    if (place?.join() === this.#pointed?.join()) return;
    this.#pointed = place;
    this.redraw();
  }

  /** @param {Place} place */
  #choose([row, column]) {
    this.#pointed = null;
    changeDetails(this.store, { row: String(row), column: String(column) });
  }

  /** @param {Place} place @returns {Place} */
  #within([row, column]) {
    const inside = (/** @type {number} */ at, /** @type {number} */ count) =>
      Math.max(0, Math.min(count - 1, at));
    return [inside(row, this.answer.rows), inside(column, this.answer.columns)];
  }
}
