// @ts-check
// The inner loop of laying a filter over a picture: shifted rows, each times a weight, added up.

/**
 * @typedef {object} Taps  What is added up for each answer.
 * @property {number[]} offsets  from the answer's place, in the source
 * @property {number[]} weights
 */

/**
 * Adds the taps of each place, up to eight at a time: the fewer passes, the fewer times `out` is read.
 * @param {Float32Array} out
 * @param {[number, number]} size  of it, rows and columns
 * @param {Float32Array} source
 * @param {number} width  of the source
 * @param {Taps} taps
 */
export function addTaps(out, [rows, columns], source, width, taps) {
  const groups = groupsOf(taps);
  for (let row = 0; row < rows; row++) {
    for (const { addGroup, offsets, weights } of groups)
      addGroup(out, row * columns, columns, source, row * width, offsets, weights);
  }
}

/** Those that add something, in groups; the last one is filled up. @param {Taps} taps */
function groupsOf(taps) {
  const used = taps.weights.map((_, at) => at).filter((at) => taps.weights[at] !== 0);
  const groups = [];
  for (let at = 0; at < used.length;) {
    const left = used.length - at;
    const count = left >= 8 ? 8 : left > 1 ? 4 : 1;
    const group = Array.from({ length: count }, (_, place) => used[at + place]);
    groups.push({
      addGroup: ADDING[count],
      offsets: group.map((tap) => taps.offsets[tap] ?? 0),
      weights: group.map((tap) => taps.weights[tap] ?? 0),
    });
    at += count;
  }
  return groups;
}

/** @typedef {(out: Float32Array, to: number, count: number, a: Float32Array, from: number,
 *   offsets: number[], weights: number[]) => void} AddGroup */

/** @type {AddGroup} */
function addOne(out, to, count, a, from, [offset], [w]) {
  const o = from + offset;
  for (let x = 0; x < count; x++) out[to + x] += w * a[o + x];
}

/** @type {AddGroup} */
function addFour(out, to, count, a, from, offsets, [w0, w1, w2, w3]) {
  const [o0, o1, o2, o3] = offsets.map((offset) => offset + from);
  for (let x = 0; x < count; x++)
    out[to + x] += w0 * a[o0 + x] + w1 * a[o1 + x] + w2 * a[o2 + x] + w3 * a[o3 + x];
}

/** @type {AddGroup} */
function addEight(out, to, count, a, from, offsets, [w0, w1, w2, w3, w4, w5, w6, w7]) {
  const [o0, o1, o2, o3, o4, o5, o6, o7] = offsets.map((offset) => offset + from);
  for (let x = 0; x < count; x++) {
    const half = w0 * a[o0 + x] + w1 * a[o1 + x] + w2 * a[o2 + x] + w3 * a[o3 + x];
    out[to + x] += half + w4 * a[o4 + x] + w5 * a[o5 + x] + w6 * a[o6 + x] + w7 * a[o7 + x];
  }
}

/** @type {Record<number, AddGroup>} */
const ADDING = { 1: addOne, 4: addFour, 8: addEight };
