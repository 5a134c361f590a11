// @ts-check
// Numbers in coloured cells: a real table, so that it can be read aloud.

import { make, write } from "../views/elements.js";

/**
 * @typedef {{text: string, colour: number[] | null, name?: string}} Cell  RGB, or none
 * @typedef {object} Look
 * @property {number} rows
 * @property {number} columns
 * @property {(row: number, column: number) => Cell} cell
 * @property {boolean} [numbered]  rows and columns from 0 in the margin
 * @property {string[]} [sums]  one a row, in a column of their own
 */

/** Above this luminance black can be read better than white. */
const BRIGHT = 0.179;

export class NumberTable {
  /** @param {HTMLElement} root  a table */
  constructor(root) {
    this.root = root;
    /** @type {HTMLElement[]} */
    this.cells = [];
    /** @type {HTMLElement[]} */
    this.sums = [];
    this.layout = "";
  }

  /** @param {Look} look */
  draw(look) {
    const layout = [look.rows, look.columns, look.numbered, Boolean(look.sums)].join();
    if (layout !== this.layout) this.build(look);
    this.layout = layout;
    this.cells.forEach((element, at) => {
      const { text, colour, name = "" } = look.cell(Math.floor(at / look.columns), at % look.columns);
      write(element, text);
      if (element.className !== name) element.className = name;
      const background = colour ? `rgb(${colour.map(Math.round)})` : "";
      if (element.dataset.colour === background) return;
      element.dataset.colour = background;
      element.style.backgroundColor = background;
      element.style.color = colour ? inkOn(colour) : "";
    });
    this.sums.forEach((element, row) => write(element, look.sums?.[row] ?? ""));
  }

  /** @param {Look} look */
  build({ rows, columns, numbered, sums }) {
    this.cells = [];
    this.sums = [];
    const body = Array.from({ length: rows }, (_, row) => {
      const cells = Array.from({ length: columns }, (_, column) =>
        make("td", { "data-row": String(row), "data-column": String(column) }),
      );
      this.cells.push(...cells);
      const sum = make("td", { class: "row-sum" });
      if (sums) this.sums.push(sum);
      const head = numbered ? [make("th", { scope: "row" }, String(row))] : [];
      return make("tr", {}, ...head, ...cells, ...(sums ? [sum] : []));
    });
    const heads = Array.from({ length: columns }, (_, column) =>
      make("th", { scope: "col" }, String(column)),
    );
    const head = numbered ? [make("thead", {}, make("tr", {}, make("td"), ...heads))] : [];
    this.root.replaceChildren(...head, make("tbody", {}, ...body));
  }
}

/** Black or white, whichever can be read on it. @param {number[]} colour  sRGB, 0 to 255 */
export const inkOn = (colour) => (luminance(colour) > BRIGHT ? "#000" : "#fff");

/** @param {number[]} colour  sRGB, 0 to 255 */
function luminance(colour) {
  const [red, green, blue] = colour.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The cell of a table that an event is about. @param {Event} event @returns {[number, number] | null} */
export function cellAt(event) {
  const cell = event.target instanceof Element ? event.target.closest("td[data-row]") : null;
  return cell instanceof HTMLElement ? [Number(cell.dataset.row), Number(cell.dataset.column)] : null;
}
