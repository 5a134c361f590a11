// @ts-check
// y[i, j, k] = b[k] + Σ w · x, its letters lit with the words that they stand for, and what they are now.

import { padsBefore } from "../../pictures/laying.js";
import { byId, make, write } from "../../views/elements.js";
import { indexIn } from "./geometry.js";

/**
 * @typedef {import("../../pictures/convolution.js").Task} Task
 * @typedef {{text: string, letter?: string, sub?: boolean}} Piece
 */

/** What is summed over stands below; a number before · is the stride, one after − the rim of zeros. */
const PIECES = /_(?<under>\w)|(?<strides>\d+)(?=·)|(?<=−)(?<pad>\d+)|[yijkuvcwxΣ]|./gu;

/**
 * The formula in pieces.
 * @param {number} strides
 * @param {[number, number]} pads  zeros above and before the picture
 * @returns {Piece[]}
 */
export function formulaPieces(strides, [above, before]) {
  const at = `${indexIn("i", "u", strides, above)}, ${indexIn("j", "v", strides, before)}`;
  const text = `y[i, j, k] = b[k] + Σ_u Σ_v Σ_c w[u, v, c, k] · x[${at}, c]`;
  return [...text.matchAll(PIECES)].map(({ 0: text, groups: { under, strides, pad } = {} }) => {
    if (under) return { text: under, letter: under, sub: true };
    const letter = strides ? "s" : pad ? "p" : /[a-zΣ]/.test(text) ? text : undefined;
    return { text, letter };
  });
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
    `Now i = ${row}, j = ${column}, k = ${filter}, counted from 0 as Python counts: the window in the ` +
    `picture, filter ${filter + 1}, the cell in its map. i runs over 0 … ${size[0] - 1}, ` +
    `j over 0 … ${size[1] - 1}, ` +
    `k over 0 … ${filters - 1}; u, v, c over ${rows} · ${columns} · ${channels} = ` +
    `${rows * columns * channels} products.${zeros}`
  );
}

/** @param {string} words */
export const sayNow = (words) => write(byId("code-now"), words);
