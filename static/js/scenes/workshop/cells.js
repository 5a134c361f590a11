// @ts-check
// The cells of one filter: how large, in which colours, with which numbers.

import { usualLength } from "../../kernels/hand_made.js";
import { colourOf } from "../../pictures/paint.js";
import { inkOn } from "../../pictures/table.js";
import { make, write } from "../../views/elements.js";
import { short } from "./words.js";

/**
 * @typedef {import("./edits.js").Filters} Filters
 * @typedef {[number, number]} Cell  row and column
 * @typedef {object} Shown  One filter, or one channel of it.
 * @property {number[]} values  one a cell, row after row
 * @property {number[][]} colours
 * @property {number} limit  of the colours
 * @property {boolean} isColour  its channels differ, and their colours are mixed
 */

const WIDEST_CELL = 120;
/** Narrower cells have no room for a number. */
const ROOM_FOR_NUMBERS = 30;
const WIDE = 52;

/**
 * @param {Filters} filters
 * @param {Float32Array} weights  height, width, channels
 * @param {number | null} channel  null is all together
 * @returns {Shown}
 */
export function shownIn(filters, weights, channel) {
  const { size, channels } = filters;
  const limit = limitOf(filters, weights);
  const cells = Array.from({ length: size * size }, (_, at) => [
    ...weights.subarray(at * channels, (at + 1) * channels),
  ]);
  const isColour =
    channels === 3 && channel === null && cells.some(([red, ...rest]) => rest.some((one) => one !== red));
  const values = cells.map((cell) => (channel === null || channels === 1 ? meanOf(cell) : cell[channel]));
  const colours = isColour
    ? cells.map((cell) => cell.map((weight) => Math.max(0, Math.min(255, 127.5 + (127.5 * weight) / limit))))
    : values.map((value) => colourOf(value, limit, true));
  return { values, colours, limit, isColour };
}

/**
 * How far its colours reach: to its largest weight, and no less than what is usual, so that a first
 * small number isn't painted as if it were a large one.
 * @param {Filters} filters
 * @param {Float32Array} weights
 */
export function limitOf({ size, channels, slots }, weights) {
  const usual = usualLength(size, channels, slots.length) / (size * Math.sqrt(channels));
  return weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), usual);
}

/** @param {number[]} numbers */
const meanOf = (numbers) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

/** The grid of cells on the page. */
export class CellGrid {
  /** @type {HTMLElement[]} */
  #cells = [];
  #size = 0;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    new ResizeObserver(() => this.#fit()).observe(/** @type {Element} */ (root.parentElement));
  }

  /**
   * @param {Shown} shown
   * @param {number} size
   * @param {Cell} chosen
   * @param {string | null} typed  into the chosen cell
   */
  draw({ values, colours }, size, [row, column], typed) {
    if (size !== this.#size) this.#build(size);
    this.#cells.forEach((cell, at) => {
      const isChosen = at === row * size + column;
      const text = isChosen && typed !== null ? typed : short(values[at]);
      write(cell, text);
      cell.style.backgroundColor = `rgb(${colours[at].map(Math.round)})`;
      cell.style.color = inkOn(colours[at]);
      cell.tabIndex = isChosen ? 0 : -1;
      cell.ariaSelected = String(isChosen);
      cell.ariaLabel = `row ${Math.floor(at / size) + 1}, column ${(at % size) + 1}: ${text}`;
    });
  }

  /** @param {Cell} cell */
  focus([row, column]) {
    this.#cells[row * this.#size + column]?.focus();
  }

  /** The cell at a place on the screen. @param {number} x @param {number} y @returns {Cell | null} */
  cellAt(x, y) {
    const { left, top, width, height } = this.root.getBoundingClientRect();
    const [row, column] = [(y - top) / height, (x - left) / width].map((share) =>
      Math.floor(share * this.#size),
    );
    const inside = [row, column].every((place) => place >= 0 && place < this.#size);
    return inside ? [row, column] : null;
  }

  /** @param {number} size */
  #build(size) {
    this.#size = size;
    const rows = Array.from({ length: size }, () =>
      make(
        "div",
        { role: "row" },
        ...Array.from({ length: size }, () => make("div", { role: "gridcell", class: "shop-cell" })),
      ),
    );
    this.root.replaceChildren(...rows);
    this.#cells = rows.flatMap((row) => /** @type {HTMLElement[]} */ ([...row.children]));
    this.#fit();
  }

  #fit() {
    const parent = /** @type {HTMLElement} */ (this.root.parentElement);
    const { paddingLeft, paddingRight } = getComputedStyle(parent);
    const room = parent.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
    if (!this.#size || room <= 0) return;
    const cell = Math.max(8, Math.min(WIDEST_CELL, Math.floor(Math.min(room, 346) / this.#size)));
    this.root.style.setProperty("--cell", `${cell}px`);
    this.root.classList.toggle("small", cell < ROOM_FOR_NUMBERS);
    this.root.classList.toggle("wide", cell >= WIDE);
  }
}
