// @ts-check
// The feature map: an answer a place, with the place looked at ringed. A click goes there.

import { Changes } from "../../views/changes.js";
import { byId, write } from "../../views/elements.js";
import { fixed } from "../../words/numbers.js";
import { colourOf, markMaps, paintMaps } from "../../pictures/paint.js";
import { featureMap } from "../../pictures/convolution.js";
import { NumberTable, cellAt } from "../../pictures/table.js";

/** @typedef {import("./specimen.js").Specimen} Specimen */

const WIDTH = 148;
const MOST_NUMBERS = 6;

export class AnswerMap {
  #size = [1, 1];
  #changes = new Changes();
  #answers = new Float64Array();

  /** @param {(place: [number, number]) => void} choose */
  constructor(choose) {
    const root = byId("lens-map");
    this.canvas = /** @type {HTMLCanvasElement} */ (root.querySelector("canvas"));
    this.ring = /** @type {HTMLElement} */ (root.querySelector(".ring"));
    this.table = new NumberTable(byId("lens-map-numbers"));
    root.addEventListener("click", (/** @type {MouseEvent} */ event) => {
      const place = cellAt(event) ?? this.#placeUnder(event);
      if (place) choose(place);
    });
  }

  /** @param {MouseEvent} event @returns {[number, number] | null} */
  #placeUnder(event) {
    if (event.target !== this.canvas) return null;
    const box = this.canvas.getBoundingClientRect();
    return [
      Math.floor(((event.clientY - box.top) / box.height) * this.#size[0]),
      Math.floor(((event.clientX - box.left) / box.width) * this.#size[1]),
    ];
  }

  /** @param {Specimen} specimen @param {string | undefined} run @param {[number, number]} place */
  draw(specimen, run, place) {
    const [rows, columns] = (this.#size = specimen.size);
    const answers = this.#answersOf(specimen, run);
    const limit = answers.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
    const numbers = specimen.textbook && columns <= MOST_NUMBERS;
    this.table.root.hidden = !numbers;
    this.canvas.hidden = this.ring.hidden = numbers;
    if (numbers) this.table.draw(numbersOf(answers, specimen.size, place, limit));
    else {
      const signed = !["relu", "sigmoid"].includes(specimen.task.activation);
      paint(this.canvas, answers, [rows, columns], limit, signed);
      surround(this.ring, this.canvas, place, columns);
    }
    const where = `this is row ${place[0]}, column ${place[1]}`;
    write(byId("lens-map-words"), `${rows} × ${columns} answers, ${where}`);
  }

  /**
   * Worked out anew only where what they follow from is another.
   * @param {Specimen} specimen
   * @param {string | undefined} run
   */
  #answersOf({ task, filter, step, textbook }, run) {
    const { padding, strides, across, flip } = task.laying;
    if (
      this.#changes.found(
        task.input.values,
        String(padding),
        strides,
        across,
        flip,
        filter,
        step,
        run,
        textbook,
      )
    )
      this.#answers = featureMap(task);
    return this.#answers;
  }
}

/**
 * @param {Float64Array} answers
 * @param {number[]} size
 * @param {[number, number]} place
 * @param {number} limit
 * @returns {import("../../pictures/table.js").Look}
 */
const numbersOf = (answers, [rows, columns], place, limit) => ({
  rows,
  columns,
  numbered: true,
  cell: (row, column) => ({
    text: fixed(answers[row * columns + column], 0),
    colour: colourOf(answers[row * columns + column], limit, true),
    name: row === place[0] && column === place[1] ? "ringed" : "",
  }),
});

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Float64Array} answers
 * @param {number[]} size
 * @param {number} limit
 * @param {boolean} signed
 */
function paint(canvas, answers, [rows, columns], limit, signed) {
  Object.assign(canvas, { width: columns, height: rows });
  canvas.getContext("2d")?.putImageData(paintMaps(answers, [rows, columns, 1], limit, signed), 0, 0);
  markMaps(canvas, signed);
  const longest = Math.max(rows, columns);
  const multiple = longest > WIDTH ? WIDTH / longest : Math.floor(WIDTH / longest);
  canvas.style.width = `${columns * multiple}px`;
  canvas.style.height = `${rows * multiple}px`;
}

/**
 * @param {HTMLElement} ring
 * @param {HTMLCanvasElement} canvas
 * @param {[number, number]} place
 * @param {number} columns
 */
function surround(ring, canvas, [row, column], columns) {
  const multiple = parseFloat(canvas.style.width) / columns; // below 1 a pixel of the screen holds several
  Object.assign(ring.style, {
    left: `${column * multiple}px`,
    top: `${row * multiple}px`,
    width: `${multiple}px`,
    height: `${multiple}px`,
  });
}
