// @ts-check
// How often each weight is to be expected, and how often it came.

/** Share of a normal distribution within ±2 deviations, where these initialisers cut it. */
const WITHIN_TWO = 0.954499736;
const CUT = 2;

/**
 * The density of a drawn weight at `x`.
 * @param {{distribution: string, bound: number}} answer
 * @param {number} x
 */
export function densityAt({ distribution, bound }, x) {
  if (Math.abs(x) > bound) return 0;
  if (distribution === "uniform") return 1 / (2 * bound);
  const deviation = bound / CUT; // of the normal before it is cut
  return Math.exp(-0.5 * (x / deviation) ** 2) / (deviation * Math.sqrt(2 * Math.PI) * WITHIN_TWO);
}

/**
 * Counts of weights in bins that end exactly at ±bound and go on beyond as far as there are weights.
 * @param {Float32Array} weights
 * @param {number} bound
 * @returns {{width: number, left: number, counts: number[]}} left end of the first bin, and the counts
 */
export function histogramOf(weights, bound) {
  const inside = 2 * Math.max(4, Math.min(20, Math.round(Math.sqrt(weights.length) / 2)));
  const width = (2 * bound) / inside;
  let most = 0;
  for (const weight of weights) most = Math.max(most, Math.abs(weight));
  const half = inside / 2 + Math.min(inside, Math.max(0, Math.ceil((most - bound * 1.000001) / width)));
  const counts = new Array(2 * half).fill(0);
  for (const weight of weights)
    counts[Math.max(0, Math.min(2 * half - 1, Math.floor(weight / width) + half))] += 1;
  return { width, left: -half * width, counts };
}

/** Smallest, largest, mean and standard deviation. @param {Float32Array} weights */
export function measured(weights) {
  let low = Infinity;
  let high = -Infinity;
  let sum = 0;
  for (const weight of weights) {
    low = Math.min(low, weight);
    high = Math.max(high, weight);
    sum += weight;
  }
  const mean = sum / weights.length;
  const square = weights.reduce((total, weight) => total + (weight - mean) ** 2, 0) / weights.length;
  return { low, high, mean, deviation: Math.sqrt(square) };
}
