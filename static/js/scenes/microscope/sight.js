// @ts-check
// The picture with the window on it: pointing looks at a place, a click stays
// there, arrow keys move on; or one draws on it.

import { byId, write } from "../../views/elements.js";
import { fixed } from "../../words/numbers.js";
import { paintPicture } from "../../pictures/paint.js";
import { NumberTable, cellAt } from "./table.js";

/**
 * @typedef {import("./specimen.js").Specimen} Specimen
 * @typedef {[number, number]} Place
 */

const WIDTH = 288;
/** @type {Record<string, Place>} */
const MOVES = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

/**
 * @param {object} doings
 * @param {(place: Place | null) => void} doings.point
 * @param {(place: Place) => void} doings.choose
 * @param {() => boolean} doings.isDrawing
 */
export function createSight({ point, choose, isDrawing }) {
  const root = byId("lens-sight");
  const canvas = /** @type {HTMLCanvasElement} */ (root.querySelector("canvas"));
  const frame = byId("lens-window");
  const table = new NumberTable(byId("lens-numbers"));
  /** @type {Specimen | null} */
  let shown = null;
  let multiple = 10;

  /** The place whose window lies about the pointer. @param {PointerEvent} event @returns {Place | null} */
  function placeUnder(event) {
    if (!shown) return null;
    const cell = cellAt(event);
    const box = canvas.getBoundingClientRect();
    const at = cell
      ? cell.map((index) => index + 0.5)
      : [(event.clientY - box.top) / multiple, (event.clientX - box.left) / multiple];
    if (shown.textbook && !cell) return null;
    return /** @type {Place} */ (
      at.map((middle, axis) =>
        placeAbout(/** @type {Specimen} */ (shown), middle, /** @type {0 | 1} */ (axis)),
      )
    );
  }

  root.addEventListener("pointermove", (/** @type {PointerEvent} */ event) => {
    if (isDrawing()) return;
    if (event.pointerType === "mouse" && !event.buttons) return point(placeUnder(event));
    const place = event.buttons ? placeUnder(event) : null;
    if (place) choose(place);
  });
  root.addEventListener("pointerdown", (/** @type {PointerEvent} */ event) => {
    const place = isDrawing() ? null : placeUnder(event);
    if (place) choose(place);
  });
  root.addEventListener("pointerleave", () => point(null));
  root.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    const move = MOVES[event.key];
    if (!move || !shown || isDrawing()) return;
    event.preventDefault();
    const { place, size } = shown;
    const next = /** @type {Place} */ (
      place.map((at, axis) => Math.max(0, Math.min(size[axis] - 1, at + move[axis])))
    );
    shown = { ...shown, place: next }; // the next key may come before the next picture
    choose(next);
  });

  return {
    /** @param {Specimen} specimen @param {{top: number, left: number}} corner  of the window */
    draw(specimen, { top, left }) {
      shown = specimen;
      const { task, levels, textbook } = specimen;
      const [height, width] = task.input.shape;
      table.root.hidden = !textbook;
      canvas.hidden = frame.hidden = textbook;
      if (textbook) return drawNumbers(table, specimen, top, left);
      multiple = Math.floor(Math.min(WIDTH, root.parentElement?.clientWidth || WIDTH) / width);
      paintPicture(canvas, levels, task.input.shape);
      Object.assign(canvas.style, { width: `${width * multiple}px`, height: `${height * multiple}px` });
      const [rows, columns] = task.kernel.shape;
      const place = {
        left: left * multiple,
        top: top * multiple,
        width: columns * multiple,
        height: rows * multiple,
      };
      for (const [name, length] of Object.entries(place)) frame.style.setProperty(name, `${length}px`);
    },
  };
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

/** @param {Specimen} specimen @param {number} middle  in pixels @param {0 | 1} axis */
function placeAbout({ task, size }, middle, axis) {
  const { padding, strides } = task.laying;
  const total = Math.max((size[axis] - 1) * strides + task.kernel.shape[axis] - task.input.shape[axis], 0);
  const before = padding === "same" ? Math.floor(total / 2) : 0;
  const first = middle - task.kernel.shape[axis] / 2 + before;
  return Math.max(0, Math.min(size[axis] - 1, Math.round(first / strides)));
}

/**
 * Tells the ear where the window is.
 * @param {import("./specimen.js").Specimen} specimen
 * @param {number} output
 */
export function sayPlace({ place, textbook }, output) {
  write(byId("lens-spoken"), `row ${place[0]}, column ${place[1]}: ${fixed(output, textbook ? 0 : 2)}`);
}
