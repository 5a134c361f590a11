// @ts-check
// How large the cells of three tables are, so that as many lie side by side as can be read.

import { cellAt } from "./table.js";

const WIDEST_CELL = 40; // in a window of 1440 × 900; as type does, they grow with it
const WIDEST_CELL_OF_FEW = 56;
const SMALLEST_CELL = 31;
/** Without the zero before the point a number needs less room. */
const SMALLEST_SHORT_CELL = 26;
/** `−0.05` fits, in the usual size. */
const ROOMY_CELL = 38;
const LONG_NUMBERS = 8;
const SIGN_WIDTH = 40;
const SUMS_WIDTH = 56;

/** Whether numbers are written `.05` in place of `0.05`. @param {number} columns */
export const isShort = (columns) => columns > LONG_NUMBERS;

/** @param {HTMLElement} root @param {number} columns  of each table */
export function fitCells(root, columns) {
  const smallest = isShort(columns) ? SMALLEST_SHORT_CELL : SMALLEST_CELL;
  const cell = (/** @type {number} */ abreast) =>
    Math.floor((root.clientWidth - (abreast - 1) * SIGN_WIDTH - SUMS_WIDTH) / (abreast * columns));
  const abreast = [3, 2].find((count) => cell(count) >= smallest) ?? 1;
  const size = Math.max(
    smallest - 3,
    Math.min(columns < 5 ? WIDEST_CELL_OF_FEW : Math.floor(WIDEST_CELL * growth()), cell(abreast)),
  );
  root.style.setProperty("--cell", `${size}px`);
  root.classList.toggle("cramped", size < ROOMY_CELL && !isShort(columns));
}

/** How much larger type is than in a window of 1440 × 900, as `tokens.css` has it. */
const growth = () =>
  Math.min(1.4, Math.max(1, Math.min(1 + (innerWidth - 1440) / 3200, 1 + (innerHeight - 900) / 1200)));

/** @param {string} text @param {boolean} short */
export const shortened = (text, short) => (short ? text.replace(/^(−?)0\./, "$1.") : text);

/**
 * The cells of one channel of a kernel, and where each lies among its values.
 * @param {number[]} shape  rows, columns, channels
 * @param {number} channel
 */
export const gridOf = ([rows, columns, channels], channel) => ({
  rows,
  columns,
  channel,
  channels,
  at: (/** @type {number} */ row, /** @type {number} */ column) =>
    (row * columns + column) * channels + channel,
});

/** @typedef {ReturnType<typeof gridOf>} Grid */

/** The cell that is ringed in all tables beside each other: the one pointed at, or else the most telling. */
export class RingedCell {
  /** @type {[number, number] | null} */
  #pointed = null;
  #width = 0;

  /**
   * @param {HTMLElement} root
   * @param {() => void} redraw  when it is another, or there is more or less room
   */
  constructor(root, redraw) {
    const point = (/** @type {[number, number] | null} */ cell) => {
      if (cell?.join() === this.#pointed?.join()) return;
      this.#pointed = cell;
      redraw();
    };
    root.addEventListener("pointerover", (event) => point(cellAt(event)));
    root.addEventListener("pointerleave", () => point(null));
    new ResizeObserver(() => {
      if (root.clientWidth === this.#width) return;
      this.#width = root.clientWidth;
      redraw();
    }).observe(root);
  }

  /** @param {Grid} grid @param {ArrayLike<number>} values  the largest of them where none is pointed at */
  in(grid, values) {
    const pointed = this.#pointed;
    const [row, column] =
      pointed && pointed[0] < grid.rows && pointed[1] < grid.columns ? pointed : largestIn(values, grid);
    return { row, column, at: grid.at(row, column) };
  }
}

/** @typedef {ReturnType<RingedCell["in"]>} Ringed */

/** The class of a cell. @param {Ringed} ringed @param {number} row @param {number} column */
export const ringAt = (ringed, row, column) =>
  row === ringed.row && column === ringed.column ? "ringed" : "";

/**
 * The cell with the largest |value| of one channel.
 * @param {ArrayLike<number>} values
 * @param {Grid} grid
 * @returns {[number, number]}
 */
function largestIn(values, { channel, channels, columns }) {
  let largest = channel;
  for (let at = channel; at < values.length; at += channels)
    if (Math.abs(values[at]) > Math.abs(values[largest])) largest = at;
  const cell = (largest - channel) / channels;
  return [Math.floor(cell / columns), cell % columns];
}
