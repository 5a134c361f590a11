// @ts-check
// Where one draws: the picture large, the keyboard's cursor on it, and what the network is given beside it.

import { byId } from "../../views/elements.js";
import { showCursor } from "../../pictures/cursor.js";
import { paintPicture } from "../../pictures/paint.js";
import { listenToPen } from "../../pictures/pen.js";

/**
 * @param {ReturnType<typeof import("../../pictures/ink.js").createInk>} ink
 * @param {() => import("../../pictures/subject.js").Subject | null} subject
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
