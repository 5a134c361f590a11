// @ts-check
// Where a filter fires in a picture: one answer of its map, ringed, and the pixels that it comes from.

import { byId, write } from "../../views/elements.js";
import { fixed } from "../../words/numbers.js";

/**
 * @typedef {object} Sight  What lies under the map.
 * @property {Float32Array} answers
 * @property {number} rows
 * @property {number} columns
 * @property {import("../../net/answers.js").ReceptiveFieldAnswer | null} field  the pixels each looks at
 * @property {number[]} pixels  shape of the picture
 * @property {number[]} strongest  row and column
 */

/**
 * @param {{shape: number[], values: Float32Array}} maps  rows, columns, filters
 * @param {number} filter
 * @param {Sight["field"]} field
 * @param {number[]} pixels
 * @returns {Sight}
 */
export function sightOf({ shape: [rows, columns, count], values }, filter, field, pixels) {
  const answers = Float32Array.from({ length: rows * columns }, (_, at) => values[at * count + filter]);
  const most = answers.indexOf(Math.max(...answers));
  const strongest = [Math.floor(most / columns), most % columns];
  return { answers, rows, columns, field, pixels, strongest };
}

/** @param {Sight} map */
export const showStrongest = (map) => showWindow(map, map.strongest[0], map.strongest[1]);

/**
 * Rings one answer and the pixels it comes from.
 * @param {Sight} map
 * @param {number} row
 * @param {number} column
 */
export function showWindow({ answers, rows, columns, field, pixels }, row, column) {
  const value = answers[row * columns + column];
  write(
    byId("filter-map-words"),
    `${rows} × ${columns} answers; ${fixed(value)} in row ${row}, column ${column}`,
  );
  const spot = byId("filter-spot");
  ring(spot, byId("filter-map"), rows, columns, [row, column, 1]);
  const box = byId("filter-window");
  box.hidden = !field;
  if (field)
    ring(box, byId("filter-picture"), pixels[0], pixels[1], [
      field.top + row * field.stride,
      field.left + column * field.stride,
      field.size,
    ]);
}

/**
 * @param {HTMLElement} box
 * @param {HTMLCanvasElement} canvas
 * @param {number} rows
 * @param {number} columns
 * @param {number[]} place  top, left, size
 */
function ring(box, canvas, rows, columns, [top, left, size]) {
  box.hidden = false;
  const unit = parseFloat(canvas.style.width) / columns;
  const clip = (/** @type {number} */ at, /** @type {number} */ count) => Math.max(0, Math.min(count, at));
  const [t, l, b, r] = [
    clip(top, rows),
    clip(left, columns),
    clip(top + size, rows),
    clip(left + size, columns),
  ];
  Object.assign(box.style, {
    top: `${t * unit}px`,
    left: `${l * unit}px`,
    width: `${(r - l) * unit}px`,
    height: `${(b - t) * unit}px`,
  });
}

/**
 * The answer under the pointer: its row and column.
 * @param {PointerEvent} event
 * @param {HTMLCanvasElement} canvas
 * @param {Sight} map
 * @returns {[number, number]}
 */
export function placeUnder(event, canvas, { rows, columns }) {
  const { left, top, width, height } = canvas.getBoundingClientRect();
  const at = (/** @type {number} */ share, /** @type {number} */ count) =>
    Math.max(0, Math.min(count - 1, Math.floor(share * count)));
  return [at((event.clientY - top) / height, rows), at((event.clientX - left) / width, columns)];
}
