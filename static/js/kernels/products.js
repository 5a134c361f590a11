// @ts-check
// Columns times rows laid over a picture, two at a time, in bands of rows that a processor keeps at hand.

import { partsOfLines, reachOf } from "./lines.js";

/**
 * @typedef {import("./lines.js").Pair} Pair
 * @typedef {import("./lines.js").Part} Part
 * @typedef {{down: Float64Array, across: Float64Array}} Product
 */

const BAND = 32; // rows, an even number

/**
 * Adds up to two products' answers.
 * @param {Float32Array} out
 * @param {[number, number]} size  of it, rows and columns
 * @param {Float32Array} plane
 * @param {number} width  of the plane
 * @param {Product[]} products  one or two
 */
export function addProducts(out, [rows, columns], plane, width, products) {
  const { across, down } = linesOf(products);
  const [reach, wide] = [reachOf(down), columns + (columns % 2)];
  const stride = wide | 8; // rows that begin a power of two apart drive each other out of the cache
  const line = new Float64Array(wide + reach);
  const slid = {
    one: new Float64Array((BAND + reach) * stride),
    two: new Float64Array((BAND + reach) * stride),
  };
  const all = Math.floor(plane.length / width);
  for (let first = 0; first < rows; first += BAND) {
    if (first) for (const kept of [slid.one, slid.two]) kept.copyWithin(0, BAND * stride);
    const fresh = first ? reach : 0;
    for (const kept of [slid.one, slid.two]) kept.fill(0, fresh * stride);
    for (let row = fresh; row < Math.min(BAND + reach, all - first); row++) {
      line.set(plane.subarray((first + row) * width, (first + row + 1) * width));
      for (const { at, lines, addAcross } of across) addAcross(slid, row * stride, wide, line, at, lines);
    }
    const count = Math.min(BAND, rows - first);
    addBand(out.subarray(first * columns), [count, columns], slid, stride, down);
  }
}

/**
 * Adds to two rows of answers at a time; of an odd number the last is added aside.
 * @param {Float32Array} out
 * @param {[number, number]} size  of the band, rows and columns
 * @param {Pair} slid
 * @param {number} stride
 * @param {Part[]} parts
 */
function addBand(out, [rows, columns], slid, stride, parts) {
  const pairs = rows - (rows % 2);
  for (const { at, lines, addDown } of parts)
    for (let row = 0; row < pairs; row += 2)
      addDown(out, row * columns, columns, columns, slid, (row + at) * stride, stride, lines);
  if (pairs === rows) return;
  const two = new Float32Array(2 * columns);
  for (const { at, lines, addDown } of parts)
    addDown(two, 0, columns, columns, slid, (pairs + at) * stride, stride, lines);
  for (let x = 0; x < columns; x++) out[pairs * columns + x] += two[x];
}

/** Both products' lines; those of none are zeros. @param {Product[]} products */
function linesOf([one, other]) {
  const none = new Float64Array(one.down.length);
  const two = other ?? { down: none, across: none };
  return {
    across: partsOfLines({ one: one.across, two: two.across }),
    down: partsOfLines({ one: one.down, two: two.down }),
  };
}
