// @ts-check
// Where pictures and marks lie on the page.

import { byId } from "../../views/elements.js";

/** @typedef {import("../../pictures/planes.js").Pixels} Pixels */

/** @param {string} id @returns {HTMLCanvasElement} */
export const canvasIn = (id) => byId(id).querySelector("canvas");

/** @param {HTMLCanvasElement} canvas @param {Pixels} pixels */
export function paintPixels(canvas, { width, height, rgba }) {
  Object.assign(canvas, { width, height });
  canvas.getContext("2d")?.putImageData(new ImageData(Uint8ClampedArray.from(rgba), width, height), 0, 0);
}

/** How wide the picture may be, in CSS pixels; the browser may have to lay out the page to say it. */
export function measureRoom() {
  const figure = /** @type {HTMLElement} */ (byId("shop-picture").closest("figure"));
  return Math.max(64, figure.clientWidth);
}

/** Screen pixels a pixel: whole ones, if the picture has room. @param {Pixels} pixels @param {number} room */
export function scaleFor({ width, height }, room) {
  const scale = Math.min(room, 336) / Math.max(width, height);
  return scale >= 1 ? Math.floor(scale) : room / width;
}

/** @param {HTMLElement} view @param {number} width @param {number} height */
export function place(view, width, height) {
  Object.assign(view.style, { width: `${width}px`, height: `${height}px` });
}

/**
 * Lays a mark over rows and columns of a view.
 * @param {string} mark
 * @param {number[]} box
 * @param {number[]} size
 */
export function lay(mark, [row, column, rows, columns], [height, width]) {
  const element = /** @type {HTMLElement} */ (document.querySelector(mark));
  Object.assign(element.style, {
    left: `${(100 * column) / width}%`,
    top: `${(100 * row) / height}%`,
    width: `${(100 * columns) / width}%`,
    height: `${(100 * rows) / height}%`,
  });
}
