// @ts-check
// Centring as MNIST's makers did it: the ink fills a box of 20 pixels,
// and its middle of mass goes to the middle.

const BOX = 20;
/** A dot is no digit yet: it is not blown up to one. */
const LARGEST_GROWTH = 2;
const SAMPLES = 3;

/**
 * @param {Uint8Array} cells  soft ink, 0 to 15
 * @param {import("./drawing.js").Shape} shape
 * @returns {Uint8Array} the same ink, scaled and moved
 */
export function centred(cells, [height, width]) {
  const ink = measure(cells, width);
  if (!ink) return cells;
  const scale = Math.min(LARGEST_GROWTH, BOX / Math.max(ink.right - ink.left, ink.bottom - ink.top));
  const moved = new Uint8Array(cells.length);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      let sum = 0;
      for (let part = 0; part < SAMPLES * SAMPLES; part++) {
        const x = column + ((part % SAMPLES) + 0.5) / SAMPLES - width / 2;
        const y = row + (Math.floor(part / SAMPLES) + 0.5) / SAMPLES - height / 2;
        sum += between(cells, [height, width], ink.x + x / scale, ink.y + y / scale);
      }
      moved[row * width + column] = Math.round(sum / SAMPLES ** 2);
    }
  }
  return moved;
}

/**
 * Bounds and middle of mass of the ink; null where there is none.
 * @param {Uint8Array} cells
 * @param {number} width
 */
function measure(cells, width) {
  const ink = { left: Infinity, right: -1, top: Infinity, bottom: -1, x: 0, y: 0 };
  let mass = 0;
  cells.forEach((cell, at) => {
    if (!cell) return;
    const [column, row] = [at % width, Math.floor(at / width)];
    ink.left = Math.min(ink.left, column);
    ink.right = Math.max(ink.right, column + 1);
    ink.top = Math.min(ink.top, row);
    ink.bottom = Math.max(ink.bottom, row + 1);
    ink.x += cell * (column + 0.5);
    ink.y += cell * (row + 0.5);
    mass += cell;
  });
  return mass ? { ...ink, x: ink.x / mass, y: ink.y / mass } : null;
}

/**
 * The ink between pixels, bilinear.
 * @param {Uint8Array} cells
 * @param {[number, number]} size
 * @param {number} x
 * @param {number} y
 */
function between(cells, [height, width], x, y) {
  const [left, top] = [Math.floor(x - 0.5), Math.floor(y - 0.5)];
  const [right, down] = [x - 0.5 - left, y - 0.5 - top];
  const at = (/** @type {number} */ row, /** @type {number} */ column) =>
    row < 0 || column < 0 || row >= height || column >= width ? 0 : cells[row * width + column];
  const upper = at(top, left) * (1 - right) + at(top, left + 1) * right;
  const lower = at(top + 1, left) * (1 - right) + at(top + 1, left + 1) * right;
  return upper * (1 - down) + lower * down;
}
