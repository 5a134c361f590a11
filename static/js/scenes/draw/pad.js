// @ts-check
// Where one draws: the picture large, the keyboard's cursor on it, and what the network is given beside it.

import { byId, write } from "../../views/elements.js";
import { paintPicture } from "./paint.js";
import { listenToPen } from "./pen.js";

/**
 * @param {ReturnType<typeof import("./ink.js").createInk>} ink
 * @param {() => import("./subject.js").Subject | null} subject
 */
export function createPad(ink, subject) {
  const paper = byId("draw-paper");
  const cursor = byId("draw-cursor");

  listenToPen(paper, {
    size: () => {
      const shape = subject()?.shape;
      return shape ? [shape[0], shape[1]] : null;
    },
    begin: ink.begin,
    stroke: (from, to) => {
      const shape = subject()?.shape;
      if (shape) ink.stroke(shape, from, to);
    },
    showCursor: (place, isDown) => showCursor(cursor, byId("draw-spoken"), subject()?.shape, place, isDown),
  });

  return {
    draw() {
      const now = subject();
      if (!now) return;
      paintPicture(/** @type {HTMLCanvasElement} */ (paper.querySelector("canvas")), now.drawn, now.shape);
      const given = byId("draw-given");
      given.hidden = now.inked === now.cells;
      if (!given.hidden) paintPicture(given.querySelector("canvas"), now.pixels, now.shape);
    },
  };
}

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
