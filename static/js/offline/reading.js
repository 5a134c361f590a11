// @ts-check
// The number under the pointer, or under a cursor that the arrow keys move.

import { cellOf } from "../kernels/atlas.js";
import { placesFor, signed } from "../words/numbers.js";
import { write } from "../views/elements.js";

/** @typedef {import("../types.js").Kernel} Kernel */
/** @typedef {{x: number, y: number}} Place */

/** @type {Record<string, [number, number]>} */
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const HOW = "Point at a cell to read it, or use the arrow keys.";

/** @param {HTMLElement} cells @param {HTMLElement} line  where the reading goes */
export function letRead(cells, line) {
  const cursor = /** @type {HTMLElement} */ (cells.querySelector(".cursor"));
  /** @type {{kernel: Kernel, filter: number, multiple: number, limit: number} | null} */
  let shown = null;
  let place = { x: -1, y: -1 };

  function tell() {
    if (!shown) return;
    const words = wordsAt(shown, place);
    cursor.hidden = words === null;
    write(line, words ?? HOW);
    putCursor(cursor, place, shown.multiple);
  }

  cells.addEventListener("pointermove", (event) => {
    if (!shown) return;
    const { left, top } = cells.getBoundingClientRect();
    const [x, y] = [event.clientX - left, event.clientY - top];
    place = { x: Math.floor(x / shown.multiple), y: Math.floor(y / shown.multiple) };
    tell();
  });
  cells.addEventListener("keydown", (event) => {
    const move = MOVES[event.key];
    if (!move || !shown) return;
    event.preventDefault();
    place = moved(place, move, cellOf(shown.kernel.shape));
    tell();
  });
  return {
    /** @param {Kernel} kernel @param {number} filter @param {number} multiple @param {number} limit */
    show(kernel, filter, multiple, limit) {
      shown = { kernel, filter, multiple, limit };
      tell();
    },
  };
}

/** @param {HTMLElement} cursor @param {Place} place @param {number} multiple  pixels a cell */
function putCursor(cursor, place, multiple) {
  Object.assign(cursor.style, {
    left: `${place.x * multiple}px`,
    top: `${place.y * multiple}px`,
    width: `${multiple}px`,
    height: `${multiple}px`,
  });
}

/**
 * From nowhere to the first cell; never beyond the last.
 * @param {Place} place
 * @param {[number, number]} move
 * @param {{width: number, height: number}} size
 */
function moved({ x, y }, [right, down], { width, height }) {
  if (x < 0) return { x: 0, y: 0 };
  return {
    x: Math.max(0, Math.min(width - 1, x + right)),
    y: Math.max(0, Math.min(height - 1, y + down)),
  };
}

/**
 * @param {{kernel: Kernel, filter: number, limit: number}} shown
 * @param {{x: number, y: number}} place
 * @returns {string | null}
 */
function wordsAt({ kernel, filter, limit }, { x, y }) {
  const [height, width, channels, count] = kernel.shape;
  const { colour, columns, gap } = cellOf(kernel.shape);
  const [across, down] = [Math.floor(x / (width + gap)), Math.floor(y / (height + gap))];
  const [column, row] = [x - across * (width + gap), y - down * (height + gap)];
  const slice = down * columns + across;
  if (
    x < 0 ||
    y < 0 ||
    column >= width ||
    row >= height ||
    across >= columns ||
    slice >= (colour ? 1 : channels)
  )
    return null;
  const places = Math.max(3, placesFor(limit) + 1);
  const weight = (/** @type {number} */ channel) =>
    signed(kernel.weights[((row * width + column) * channels + channel) * count + filter], places);
  const told = colour ? `red ${weight(0)}, green ${weight(1)}, blue ${weight(2)}` : weight(slice);
  return (
    `Row ${row + 1}, column ${column + 1}${!colour && channels > 1 ? ` from filter ${slice + 1}` : ""}: ` +
    `${told}`
  );
}
