// @ts-check
// A drawing: for each pixel nothing (0) or one of fifteen inks, and as short a text as fits a link.

/**
 * @typedef {[number, number, number]} Shape  height, width, channels of a picture
 * @typedef {[number, number]} Point  x and y in pixels: 0.5 is the middle of the first
 */

const RUN = /0{3,35}/g;

/** @param {Uint8Array} cells @returns {string} empty where nothing is drawn */
export function encodeDrawing(cells) {
  if (!cells.some((cell) => cell > 0)) return "";
  const digits = Array.from(cells, (cell) => cell.toString(16)).join("");
  return digits.replace(RUN, (run) => `_${run.length.toString(36)}`);
}

/**
 * The cells that a text stands for; a blank where it stands for none of this size.
 * @param {string | undefined} text
 * @param {Shape} shape
 */
export function decodeDrawing(text, [height, width]) {
  const cells = new Uint8Array(height * width);
  const digits = (text ?? "").replace(/_([0-9a-z])/g, (_, length) => "0".repeat(parseInt(length, 36)));
  if (digits.length !== cells.length || !/^[0-9a-f]+$/.test(digits)) return cells;
  return cells.map((_, at) => parseInt(digits[at], 16));
}

/**
 * A straight stroke laid over `cells`. A soft pen leaves its ink by how much of a pixel it covers,
 * and never takes any away; a hard one replaces what is under it.
 * @param {Uint8Array} cells
 * @param {Shape} shape
 * @param {Point} from
 * @param {Point} to
 * @param {{radius: number, ink: number, soft: boolean}} pen
 */
export function withStroke(cells, [height, width], from, to, { radius, ink, soft }) {
  const drawn = cells.slice();
  const reach = radius + 1;
  const [left, right] = range(from[0], to[0], reach, width);
  const [top, bottom] = range(from[1], to[1], reach, height);
  for (let row = top; row < bottom; row++) {
    for (let column = left; column < right; column++) {
      const cover = radius + 0.5 - distance([column + 0.5, row + 0.5], from, to);
      const at = row * width + column;
      if (soft) drawn[at] = Math.max(drawn[at], Math.round(ink * Math.max(0, Math.min(1, cover))));
      else if (cover > 0.5) drawn[at] = ink;
    }
  }
  return drawn;
}

/**
 * @param {number} one
 * @param {number} other
 * @param {number} reach
 * @param {number} length
 * @returns {[number, number]}
 */
function range(one, other, reach, length) {
  const clamp = (/** @type {number} */ place) => Math.max(0, Math.min(length, Math.floor(place)));
  return [clamp(Math.min(one, other) - reach), clamp(Math.max(one, other) + reach + 1)];
}

/** From a point to the nearest of a stroke. @param {Point} point @param {Point} from @param {Point} to */
function distance([x, y], [x0, y0], [x1, y1]) {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const length = dx * dx + dy * dy;
  const share = length ? Math.max(0, Math.min(1, ((x - x0) * dx + (y - y0) * dy) / length)) : 0;
  return Math.hypot(x - x0 - share * dx, y - y0 - share * dy);
}
