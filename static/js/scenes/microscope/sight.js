// @ts-check
// The picture with the window on it: pointing looks at a place, a click stays
// there, arrow keys move on; or one draws on it.

import { byId, write } from "../../views/elements.js";
import { fixed } from "../../words/numbers.js";
import { paintPicture } from "../../pictures/paint.js";
import { placeAbout, spanOf } from "../../pictures/laying.js";
import { NumberTable, cellAt } from "../../pictures/table.js";

/**
 * @typedef {import("./specimen.js").Specimen} Specimen
 * @typedef {[number, number]} Place
 */

const WIDTH = 288;
/** @type {Record<string, Place>} */
const MOVES = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

/**
 * @typedef {object} Pointing
 * @property {(place: Place | null) => void} point
 * @property {(place: Place) => void} choose
 * @property {() => boolean} isDrawing
 */

export class Sight {
  /** @type {Specimen | null} */
  #shown = null;
  /** Pixels of the screen for one of the picture. */
  #multiple = 10;

  /** @param {Pointing} pointing */
  constructor(pointing) {
    this.pointing = pointing;
    this.root = /** @type {HTMLElement} */ (byId("lens-sight"));
    this.canvas = /** @type {HTMLCanvasElement} */ (this.root.querySelector("canvas"));
    this.frame = byId("lens-window");
    this.table = new NumberTable(byId("lens-numbers"));
    this.root.addEventListener("pointermove", (event) => this.#move(event));
    this.root.addEventListener("pointerdown", (event) => this.#press(event));
    this.root.addEventListener("pointerleave", () => pointing.point(null));
    this.root.addEventListener("keydown", (event) => this.#moveByKey(event));
  }

  /** @param {PointerEvent} event */
  #move(event) {
    const { point, isDrawing } = this.pointing;
    if (isDrawing()) return;
    if (event.pointerType === "mouse" && !event.buttons) return point(this.#placeUnder(event));
    if (event.buttons) this.#press(event);
  }

  /** @param {PointerEvent} event */
  #press(event) {
    const place = this.pointing.isDrawing() ? null : this.#placeUnder(event);
    if (place) this.pointing.choose(place);
  }

  /** @param {KeyboardEvent} event */
  #moveByKey(event) {
    const move = MOVES[event.key];
    if (!move || !this.#shown || this.pointing.isDrawing()) return;
    event.preventDefault();
    const { place, size } = this.#shown;
    const next = /** @type {Place} */ (
      place.map((at, axis) => Math.max(0, Math.min(size[axis] - 1, at + move[axis])))
    );
    this.#shown = { ...this.#shown, place: next }; // the next key may come before the next picture
    this.pointing.choose(next);
  }

  /** The place whose window lies about the pointer. @param {PointerEvent} event @returns {Place | null} */
  #placeUnder(event) {
    const shown = this.#shown;
    const cell = cellAt(event);
    if (!shown || (shown.textbook && !cell)) return null;
    const box = this.canvas.getBoundingClientRect();
    const [y, x] = cell
      ? cell.map((index) => index + 0.5)
      : [(event.clientY - box.top) / this.#multiple, (event.clientX - box.left) / this.#multiple];
    return [placeAbout(shown.task, y, 0), placeAbout(shown.task, x, 1)];
  }

  /** @param {Specimen} specimen @param {{top: number, left: number}} corner  of the window */
  draw(specimen, { top, left }) {
    this.#shown = specimen;
    const { task, levels, textbook } = specimen;
    const [height, width] = task.input.shape;
    this.table.root.hidden = !textbook;
    this.canvas.hidden = this.frame.hidden = textbook;
    if (textbook) return drawNumbers(this.table, specimen, top, left);
    const room = Math.min(WIDTH, this.root.parentElement?.clientWidth || WIDTH) / Math.max(width, height);
    const multiple = room < 1 ? room : Math.floor(room);
    this.#multiple = multiple;
    paintPicture(this.canvas, levels, task.input.shape);
    resize(this.canvas, { width: width * multiple, height: height * multiple });
    const window = { left, top, width: spanOf(task, 1), height: spanOf(task, 0) };
    resize(
      this.frame,
      Object.fromEntries(Object.entries(window).map(([name, pixels]) => [name, pixels * multiple])),
    );
  }
}

/** @param {HTMLElement} element @param {Record<string, number>} lengths  in CSS pixels */
function resize(element, lengths) {
  for (const [name, length] of Object.entries(lengths)) element.style.setProperty(name, `${length}px`);
}

/** @param {NumberTable} table @param {Specimen} specimen @param {number} top @param {number} left */
function drawNumbers(table, { task, levels }, top, left) {
  const [rows, columns] = task.input.shape;
  const [height, width] = task.kernel.shape;
  table.draw({
    rows,
    columns,
    numbered: true,
    cell(row, column) {
      const at = row * columns + column;
      const inside = row >= top && row < top + height && column >= left && column < left + width;
      return {
        text: fixed(task.input.values[at], 0),
        colour: [levels[at], levels[at], levels[at]],
        name: inside ? "inside" : "",
      };
    },
  });
}

/**
 * Tells the ear where the window is.
 * @param {import("./specimen.js").Specimen} specimen
 * @param {number} output
 */
export function sayPlace({ place, textbook }, output) {
  write(byId("lens-spoken"), `row ${place[0]}, column ${place[1]}: ${fixed(output, textbook ? 0 : 2)}`);
}
