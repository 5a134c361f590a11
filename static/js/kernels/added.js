// @ts-check
// What training added to filters: what is there, less what is left of their start.

/**
 * @typedef {import("../types.js").Kernel} Kernel
 * @typedef {object} Added
 * @property {Float32Array} weights  W − min(a, 1)·W₀ of each filter, as the kernel has them
 * @property {Float64Array} left  a, the share of its start that is left in each filter
 */

/**
 * Takes from each filter what is left of its start, and never more than all of it.
 * @param {Kernel} first
 * @param {Kernel} now  of the same shape
 * @returns {Added}
 */
export function addedSince(first, now) {
  const left = sharesLeft(first, now);
  const weights = new Float32Array(now.weights.length);
  for (let at = 0; at < weights.length; at++) {
    weights[at] = now.weights[at] - Math.min(left[at % left.length], 1) * first.weights[at];
  }
  return { weights, left };
}

/** a = ⟨W, W₀⟩ / ⟨W₀, W₀⟩, 0 where a filter began with zeros. @param {Kernel} first @param {Kernel} now */
function sharesLeft(first, now) {
  const count = now.shape[3];
  const along = new Float64Array(count);
  const power = new Float64Array(count);
  for (let at = 0; at < now.weights.length; at++) {
    along[at % count] += now.weights[at] * first.weights[at];
    power[at % count] += first.weights[at] ** 2;
  }
  return along.map((sum, filter) => (power[filter] ? sum / power[filter] : 0));
}
