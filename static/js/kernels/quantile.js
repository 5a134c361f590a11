// @ts-check

/**
 * The value that a share `quantile` of |weights| does not exceed.
 * @param {Float32Array} weights
 * @param {number} quantile
 */
export function upperQuantile(weights, quantile) {
  if (!weights.length) return 0;
  const sizes = weights.map(Math.abs).sort();
  return sizes[Math.min(sizes.length - 1, Math.floor(quantile * sizes.length))];
}
