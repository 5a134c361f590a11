// @ts-check
// What can be said of a filter that nobody can judge: how long it is, how far it moved, which is like it.

import { fixed, percent, placesFor } from "./numbers.js";

/** @typedef {import("../types.js").Frame} Frame */
/** @typedef {import("./filters.js").Fact} Fact */

const DEAD = 1e-6;
const ALIKE = 0.95;

/**
 * @typedef {{length: number, change: number | null, alike: {filter: number, cosine: number} | null,
 *   isBroken: boolean}} Measured
 * @type {WeakMap<Frame, Map<number, Measured>>}
 */
const known = new WeakMap();

/**
 * @param {Frame} frame
 * @param {Frame | null} first
 * @param {number} filter
 * @returns {Measured}
 */
export function measured(frame, first, filter) {
  const found = known.get(frame) ?? new Map();
  known.set(frame, found);
  const one = found.get(filter) ?? measure(frame, first, filter);
  found.set(filter, one);
  return one;
}

/** @param {Frame} frame @param {Frame | null} first @param {number} filter @returns {Measured} */
function measure({ kernel: { weights, shape } }, first, filter) {
  const count = shape[3];
  const products = new Float64Array(count);
  const squares = new Float64Array(count);
  let [moved, start] = [0, 0];
  for (let row = 0; row < weights.length; row += count) {
    const own = weights[row + filter];
    for (let other = 0; other < count; other++) {
      const weight = weights[row + other];
      products[other] += own * weight;
      squares[other] += weight * weight;
    }
    const before = first?.kernel.weights[row + filter] ?? 0;
    moved += (own - before) ** 2;
    start += before ** 2;
  }
  const length = Math.sqrt(squares[filter]);
  return {
    length,
    change: first && start > 0 ? Math.sqrt(moved / start) : null,
    alike: nearest(products, squares, filter),
    isBroken: !Number.isFinite(length),
  };
}

/**
 * The filter that is most like it but for scale.
 * @param {Float64Array} products
 * @param {Float64Array} squares
 * @param {number} filter
 */
function nearest(products, squares, filter) {
  let best = null;
  for (let other = 0; other < products.length; other++) {
    const cosine = products[other] / Math.sqrt(squares[filter] * squares[other]);
    if (other !== filter && Math.abs(cosine) > Math.abs(best?.cosine ?? ALIKE))
      best = { filter: other, cosine };
  }
  return best;
}

/** @param {Frame} frame @param {Frame | null} first @param {number} filter @returns {Fact[]} */
export function plainFacts(frame, first, filter) {
  const { length, change, alike, isBroken } = measured(frame, first, filter);
  if (isBroken) return [{ name: "Weights", hint: "weights", value: "not all are numbers" }];
  const facts = [{ name: "Length", hint: "length", value: fixed(length, placesFor(length)) }];
  if (length < DEAD) facts.push({ name: "Dead", hint: "dead", value: "yes" });
  if (change !== null) facts.push({ name: "Change", hint: "change", value: percent(change) });
  if (alike)
    facts.push({ name: "Nearly the same", hint: "nearDuplicates", value: `filter ${alike.filter + 1}` });
  return facts;
}
