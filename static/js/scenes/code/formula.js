// @ts-check
// y[i, j, k] = b[k] + Σ w · x, its letters lit with the words that they stand for, and what they are now.

import { padsBefore } from "../../pictures/convolution.js";
import { byId, make, write } from "../../views/elements.js";

/**
 * @typedef {import("../../pictures/convolution.js").Task} Task
 * @typedef {{text: string, letter?: string, sub?: boolean}} Piece
 */

/** @param {string} letter @returns {Piece} */
const letter = (letter) => ({ text: letter, letter });
/** @param {string} text @returns {Piece} */
const plain = (text) => ({ text });
/** @param {string} under @returns {Piece[]} */
const sum = (under) => [letter("Σ"), { text: under, letter: under, sub: true }, plain(" ")];

/**
 * The formula in pieces.
 * @param {number} strides
 * @param {[number, number]} pads  zeros above and before the picture
 * @returns {Piece[]}
 */
export function formulaPieces(strides, [above, before]) {
  const index = (/** @type {string} */ place, /** @type {string} */ offset, /** @type {number} */ pad) => [
    ...(strides > 1 ? [{ text: String(strides), letter: "s" }, plain("·")] : []),
    letter(place),
    plain("+"),
    letter(offset),
    ...(pad ? [plain("−"), { text: String(pad), letter: "p" }] : []),
  ];
  return [
    ...[
      letter("y"),
      plain("["),
      letter("i"),
      plain(", "),
      letter("j"),
      plain(", "),
      letter("k"),
      plain("] = "),
    ],
    ...[plain("b["), letter("k"), plain("] + "), ...sum("u"), ...sum("v"), ...sum("c")],
    ...[letter("w"), plain("["), letter("u"), plain(", "), letter("v"), plain(", "), letter("c")],
    ...[plain(", "), letter("k"), plain("] · "), letter("x"), plain("[")],
    ...[
      ...index("i", "u", above),
      plain(", "),
      ...index("j", "v", before),
      plain(", "),
      letter("c"),
      plain("]"),
    ],
  ];
}

/** The same in one line, for the ear. @param {Piece[]} pieces */
export const formulaText = (pieces) => pieces.map(({ text, sub }) => (sub ? ` over ${text}` : text)).join("");

export class Formula {
  #shown = "";
  /** @type {HTMLElement[]} */
  #letters = [];

  constructor() {
    this.root = byId("code-formula");
  }

  /** @param {Task} task @param {string[]} lit  letters */
  draw(task, lit) {
    const { strides } = task.laying;
    const pieces = formulaPieces(strides, padsBefore(task));
    const text = formulaText(pieces);
    if (text !== this.#shown) {
      this.#shown = text;
      this.root.setAttribute("aria-label", text);
      const elements = pieces.map(({ text, letter = "", sub }) =>
        make(sub ? "sub" : "span", { "aria-hidden": "true", "data-letter": letter }, text),
      );
      this.root.replaceChildren(...elements);
      this.#letters = elements;
    }
    for (const element of this.#letters)
      element.classList.toggle("lit", lit.includes(element.dataset.letter || "-"));
  }
}

/**
 * What the letters are now, counted from 0.
 * @param {Task} task
 * @param {[number, number]} place
 * @param {number} filter  from 0
 * @param {number} filters
 * @param {[number, number]} size  rows and columns of answers
 */
export function nowWords({ kernel, laying }, [row, column], filter, filters, size) {
  const [rows, columns, channels] = kernel.shape;
  const zeros = laying.padding === "same" ? " Beyond the picture x is 0." : "";
  return (
    `Now i = ${row}, j = ${column}, k = ${filter}, counted from 0 as Python counts: the window in the picture, ` +
    `filter ${filter + 1}, the cell in its map. i runs over 0 … ${size[0] - 1}, j over 0 … ${size[1] - 1}, ` +
    `k over 0 … ${filters - 1}; u, v, c over ${rows} · ${columns} · ${channels} = ` +
    `${rows * columns * channels} products.${zeros}`
  );
}

/** @param {string} words */
export const sayNow = (words) => write(byId("code-now"), words);
