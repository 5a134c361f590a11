// @ts-check
// The feature map: an answer a place, with the place looked at ringed. A click goes there.

import { byId, write } from "../../views/elements.js";
import { fixed } from "../../words/numbers.js";
import { paintMaps, colourOf } from "../../pictures/paint.js";
import { NumberTable, cellAt } from "./table.js";

const WIDTH = 148;
const MOST_NUMBERS = 6;

/** @param {(place: [number, number]) => void} choose */
export function createMap(choose) {
  const root = byId("lens-map");
  const canvas = /** @type {HTMLCanvasElement} */ (root.querySelector("canvas"));
  const ring = /** @type {HTMLElement} */ (root.querySelector(".ring"));
  const table = new NumberTable(byId("lens-map-numbers"));
  let size = [1, 1];

  root.addEventListener("click", (/** @type {MouseEvent} */ event) => {
    const cell = cellAt(event);
    if (cell) return choose(cell);
    if (event.target !== canvas) return;
    const box = canvas.getBoundingClientRect();
    choose([
      Math.floor(((event.clientY - box.top) / box.height) * size[0]),
      Math.floor(((event.clientX - box.left) / box.width) * size[1]),
    ]);
  });

  return {
    /**
     * @param {import("./specimen.js").Specimen} specimen
     * @param {Float64Array} answers
     * @param {[number, number]} place
     */
    draw({ task, textbook, size: [rows, columns] }, answers, place) {
      size = [rows, columns];
      const signed = !["relu", "sigmoid"].includes(task.activation);
      const limit = answers.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
      const numbers = textbook && columns <= MOST_NUMBERS;
      table.root.hidden = !numbers;
      canvas.hidden = ring.hidden = numbers;
      if (numbers) {
        const here = (/** @type {number} */ row, /** @type {number} */ column) =>
          row === place[0] && column === place[1] ? "ringed" : "";
        const value = (/** @type {number} */ row, /** @type {number} */ column) =>
          answers[row * columns + column];
        const cell = (/** @type {number} */ row, /** @type {number} */ column) => ({
          text: fixed(value(row, column), 0),
          colour: colourOf(value(row, column), limit, true),
          name: here(row, column),
        });
        table.draw({ rows, columns, numbered: true, cell });
      } else {
        paint(canvas, answers, [rows, columns], limit, signed);
        surround(ring, canvas, place, columns);
      }
      write(
        byId("lens-map-words"),
        `${rows} × ${columns} answers, this is row ${place[0]}, column ${place[1]}`,
      );
    },
  };
}

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
  const multiple = Math.max(1, Math.floor(WIDTH / columns));
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
  const multiple = parseFloat(canvas.style.width) / columns;
  Object.assign(ring.style, {
    left: `${column * multiple}px`,
    top: `${row * multiple}px`,
    width: `${multiple}px`,
    height: `${multiple}px`,
  });
}
