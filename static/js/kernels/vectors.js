// @ts-check
// Weights as vectors: how long one is, how far two lie apart, how far they point the same way.

/** |W|. @param {ArrayLike<number>} weights */
export function norm(weights) {
  let sum = 0;
  for (let at = 0; at < weights.length; at++) sum += weights[at] ** 2;
  return Math.sqrt(sum);
}

/** @param {Float32Array} one @param {Float32Array} other */
export const difference = (one, other) => one.map((value, at) => value - other[at]);

/**
 * 1 where the two point the same way; 0 where one has no length.
 * @param {Float32Array} one
 * @param {Float32Array} other
 */
export function cosine(one, other) {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += one[at] * other[at];
  return sum / (norm(one) * norm(other)) || 0;
}
