// @ts-check
// The code of a picture where nothing is named: which filters' answers are strong enough to count.

/** @typedef {import("../../pictures/looking.js").LayerMaps} LayerMaps */

/**
 * Answers of filters of length 1, each brought towards zero by λ: sign(h)·max(|h| − λ, 0).
 * @param {LayerMaps} answers  of the filters as they are
 * @param {import("../../types.js").Kernel} kernel
 * @param {number} sparsity  λ
 * @returns {LayerMaps}
 */
export function codeOf({ layer, shape, maps }, kernel, sparsity) {
  const lengths = lengthsOf(kernel);
  const code = maps.map((value, at) => {
    const answer = value / lengths[at % lengths.length];
    return Math.sign(answer) * Math.max(Math.abs(answer) - sparsity, 0);
  });
  return { layer, shape, maps: code };
}

/** @param {import("../../types.js").Kernel} kernel */
function lengthsOf({ weights, shape }) {
  const squares = new Float64Array(shape[3]);
  weights.forEach((weight, at) => (squares[at % shape[3]] += weight * weight));
  return squares.map((sum) => Math.sqrt(sum) || 1);
}

/**
 * Of each filter, at which share of the places its answer counts; and of all of them.
 * @param {LayerMaps} code
 */
export function usesOf({ maps, shape }) {
  const uses = new Float64Array(shape[2]);
  maps.forEach((value, at) => value !== 0 && (uses[at % shape[2]] += 1));
  const places = shape[0] * shape[1];
  const total = uses.reduce((sum, used) => sum + used, 0);
  return {
    shares: Array.from(uses, (used) => used / places),
    count: uses.filter((used) => used > 0).length,
    share: total / Math.max(1, maps.length),
  };
}
