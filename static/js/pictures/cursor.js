// @ts-check
// The keyboard's pen: where it is, to the eye and to the ear.

import { write } from "../views/elements.js";

/**
 * Shows and says where the keyboard's pen is.
 * @param {HTMLElement} cursor
 * @param {HTMLElement} spoken
 * @param {import("./drawing.js").Shape | undefined} shape
 * @param {import("./drawing.js").Point | null} place
 * @param {boolean} isDown
 */
export function showCursor(cursor, spoken, shape, place, isDown) {
  cursor.hidden = place === null;
  if (!place || !shape) return;
  const [height, width] = shape;
  const [left, top] = [Math.floor(place[0]), Math.floor(place[1])];
  Object.assign(cursor.style, {
    left: `${(100 * left) / width}%`,
    top: `${(100 * top) / height}%`,
    width: `${100 / width}%`,
    height: `${100 / height}%`,
  });
  cursor.classList.toggle("down", isDown);
  write(spoken, `row ${top}, column ${left}, pen ${isDown ? "down" : "up"}`);
}
