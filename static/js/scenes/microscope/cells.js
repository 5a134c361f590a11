// @ts-check
// How large the cells of three tables are, so that as many lie side by side as can be read.

const WIDEST_CELL = 40;
const WIDEST_CELL_OF_FEW = 56;
const SMALLEST_CELL = 31;
/** Without the zero before the point a number needs less room. */
const SMALLEST_SHORT_CELL = 26;
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
    Math.min(columns < 5 ? WIDEST_CELL_OF_FEW : WIDEST_CELL, cell(abreast)),
  );
  root.style.setProperty("--cell", `${size}px`);
}

/** @param {string} text @param {boolean} short */
export const shortened = (text, short) => (short ? text.replace(/^(−?)0\./, "$1.") : text);

/**
 * Calls when a cell is pointed at, and when the tables have more or less room.
 * @param {HTMLElement} root
 * @param {(cell: [number, number] | null) => void} point
 * @param {(event: Event) => [number, number] | null} cellAt
 */
export function watchCells(root, point, cellAt) {
  let width = 0;
  /** @type {[number, number] | null} */
  let pointed = null;
  const move = (/** @type {[number, number] | null} */ cell) => {
    if (cell?.join() === pointed?.join()) return;
    pointed = cell;
    point(cell);
  };
  root.addEventListener("pointerover", (event) => move(cellAt(event)));
  root.addEventListener("pointerleave", () => move(null));
  new ResizeObserver(() => {
    if (root.clientWidth === width) return;
    width = root.clientWidth;
    point(pointed);
  }).observe(root);
}

/**
 * The cell with the largest |value| of one channel.
 * @param {ArrayLike<number>} values
 * @param {number} channel
 * @param {number} channels
 * @param {number} columns
 * @returns {[number, number]}
 */
export function largestIn(values, channel, channels, columns) {
  let largest = channel;
  for (let at = channel; at < values.length; at += channels)
    if (Math.abs(values[at]) > Math.abs(values[largest])) largest = at;
  const cell = (largest - channel) / channels;
  return [Math.floor(cell / columns), cell % columns];
}
