// @ts-check
// Two lines of weights laid over the numbers at once, across or down. So many of their weights are written
// out that each number is read once for all that it counts in: nine, or three where a line is as short.

const NINE = 9;
const THREE = 3;

/** @typedef {{one: Float64Array, two: Float64Array}} Pair  of rows of numbers, or of lines of weights */

/** Adds to both rows of `out`, from `to` on, the lines' answers to `a`; `count` is even.
 * @typedef {(out: Pair, to: number, count: number, a: Float64Array, from: number,
 *   lines: Pair) => void} Across */

/** Adds to two rows of `out`, from `to` and from `to + next` on, what both lines make of rows that follow
 * one another by `stride`.
 * @typedef {(out: Float32Array, to: number, next: number, count: number, rows: Pair, from: number,
 *   stride: number, lines: Pair) => void} Down */

/** A part of two lines, from `at` on.
 * @typedef {{at: number, lines: Pair, addAcross: Across, addDown: Down}} Part */

/**
 * Cuts two lines of any equal length into parts that are laid on in one go, filled up with zeros.
 * @param {Pair} lines
 * @returns {Part[]}
 */
export function partsOfLines({ one, two }) {
  const parts = [];
  for (let at = 0; at < one.length;) {
    const taps = one.length - at > THREE ? NINE : THREE;
    const adding =
      taps === NINE
        ? { addAcross: addNineAcross, addDown: addNineDown }
        : { addAcross: addThreeAcross, addDown: addThreeDown };
    parts.push({ at, lines: { one: filled(one, at, taps), two: filled(two, at, taps) }, ...adding });
    at += taps;
  }
  return parts;
}

/** How many numbers the parts of a line reach over. @param {Part[]} parts */
export const reachOf = (parts) =>
  parts.reduce((reach, { at, lines }) => Math.max(reach, at + lines.one.length), 0);

/** @param {Float64Array} line @param {number} at @param {number} taps */
function filled(line, at, taps) {
  const part = new Float64Array(taps);
  part.set(line.subarray(at, at + taps));
  return part;
}

/** @type {Across} */
function addNineAcross({ one, two }, to, count, a, from, lines) {
  const [u0, u1, u2, u3, u4, u5, u6, u7, u8] = lines.one;
  const [v0, v1, v2, v3, v4, v5, v6, v7, v8] = lines.two;
  for (let p = from, q = to; q < to + count; p += 2, q += 2) {
    const a0 = a[p];
    const a1 = a[p + 1];
    const a2 = a[p + 2];
    const a3 = a[p + 3];
    const a4 = a[p + 4];
    const a5 = a[p + 5];
    const a6 = a[p + 6];
    const a7 = a[p + 7];
    const a8 = a[p + 8];
    const a9 = a[p + 9];
    one[q] += u0 * a0 + u1 * a1 + u2 * a2 + u3 * a3 + u4 * a4 + u5 * a5 + u6 * a6 + u7 * a7 + u8 * a8;
    two[q] += v0 * a0 + v1 * a1 + v2 * a2 + v3 * a3 + v4 * a4 + v5 * a5 + v6 * a6 + v7 * a7 + v8 * a8;
    one[q + 1] += u0 * a1 + u1 * a2 + u2 * a3 + u3 * a4 + u4 * a5 + u5 * a6 + u6 * a7 + u7 * a8 + u8 * a9;
    two[q + 1] += v0 * a1 + v1 * a2 + v2 * a3 + v3 * a4 + v4 * a5 + v5 * a6 + v6 * a7 + v7 * a8 + v8 * a9;
  }
}

/** @type {Across} */
function addThreeAcross({ one, two }, to, count, a, from, lines) {
  const [u0, u1, u2] = lines.one;
  const [v0, v1, v2] = lines.two;
  for (let p = from, q = to; q < to + count; p += 2, q += 2) {
    const a0 = a[p];
    const a1 = a[p + 1];
    const a2 = a[p + 2];
    const a3 = a[p + 3];
    one[q] += u0 * a0 + u1 * a1 + u2 * a2;
    two[q] += v0 * a0 + v1 * a1 + v2 * a2;
    one[q + 1] += u0 * a1 + u1 * a2 + u2 * a3;
    two[q + 1] += v0 * a1 + v1 * a2 + v2 * a3;
  }
}

/** @type {Down} */
function addNineDown(out, to, next, count, { one, two }, from, s, lines) {
  const [u0, u1, u2, u3, u4, u5, u6, u7, u8] = lines.one;
  const [v0, v1, v2, v3, v4, v5, v6, v7, v8] = lines.two;
  for (let p = from, q = to; q < to + count; p++, q++) {
    const a1 = one[p + s];
    const a2 = one[p + 2 * s];
    const a3 = one[p + 3 * s];
    const a4 = one[p + 4 * s];
    const a5 = one[p + 5 * s];
    const a6 = one[p + 6 * s];
    const a7 = one[p + 7 * s];
    const a8 = one[p + 8 * s];
    const b1 = two[p + s];
    const b2 = two[p + 2 * s];
    const b3 = two[p + 3 * s];
    const b4 = two[p + 4 * s];
    const b5 = two[p + 5 * s];
    const b6 = two[p + 6 * s];
    const b7 = two[p + 7 * s];
    const b8 = two[p + 8 * s];
    const a = u0 * one[p] + u1 * a1 + u2 * a2 + u3 * a3 + u4 * a4 + u5 * a5 + u6 * a6 + u7 * a7 + u8 * a8;
    const b = v0 * two[p] + v1 * b1 + v2 * b2 + v3 * b3 + v4 * b4 + v5 * b5 + v6 * b6 + v7 * b7 + v8 * b8;
    out[q] += a + b;
    const c = u0 * a1 + u1 * a2 + u2 * a3 + u3 * a4 + u4 * a5 + u5 * a6 + u6 * a7 + u7 * a8;
    const d = v0 * b1 + v1 * b2 + v2 * b3 + v3 * b4 + v4 * b5 + v5 * b6 + v6 * b7 + v7 * b8;
    out[q + next] += c + u8 * one[p + 9 * s] + d + v8 * two[p + 9 * s];
  }
}

/** @type {Down} */
function addThreeDown(out, to, next, count, { one, two }, from, s, lines) {
  const [u0, u1, u2] = lines.one;
  const [v0, v1, v2] = lines.two;
  for (let p = from, q = to; q < to + count; p++, q++) {
    const a1 = one[p + s];
    const a2 = one[p + 2 * s];
    const b1 = two[p + s];
    const b2 = two[p + 2 * s];
    out[q] += u0 * one[p] + u1 * a1 + u2 * a2 + v0 * two[p] + v1 * b1 + v2 * b2;
    out[q + next] += u0 * a1 + u1 * a2 + u2 * one[p + 3 * s] + v0 * b1 + v1 * b2 + v2 * two[p + 3 * s];
  }
}
