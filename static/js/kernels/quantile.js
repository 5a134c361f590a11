// @ts-check
// Quantiles of |W|, pooled over many snapshots at the cost of one small histogram each.

const BINS = 700;
const SMALLEST = 1e-4;
const LARGEST = 1e3;
const BIN_WIDTH = Math.log(LARGEST / SMALLEST) / BINS;

/** Of more weights than this some are counted for all. */
const MOST_COUNTED = 2 ** 18;

/**
 * How often |weight| falls into each of the logarithmic bins, 2.3 % wide; what isn't finite, in none.
 * @param {Float32Array} weights
 */
export function sizeHistogram(weights) {
  const bins = new Uint32Array(BINS);
  const stride = weights.length > MOST_COUNTED ? Math.ceil(weights.length / MOST_COUNTED) | 1 : 1;
  for (let at = 0; at < weights.length; at += stride) {
    const size = Math.abs(weights[at]);
    if (!(size < Infinity)) continue;
    const bin = Math.log(size / SMALLEST) / BIN_WIDTH;
    bins[Math.max(0, Math.min(BINS - 1, Math.floor(bin)))] += 1;
  }
  return bins;
}

/**
 * The value that a share `quantile` of what was counted does not exceed: the upper edge of its bin.
 * @param {ArrayLike<number>} bins
 * @param {number} quantile
 */
export function quantileOf(bins, quantile) {
  let total = 0;
  for (let bin = 0; bin < BINS; bin++) total += bins[bin];
  if (!total) return 0;
  let above = total * (1 - quantile);
  let bin = BINS - 1;
  while (bin > 0 && above >= bins[bin]) above -= bins[bin--];
  return SMALLEST * Math.exp((bin + 1) * BIN_WIDTH);
}

/** Adds `bins` to `sum`. @param {Float64Array} sum @param {Uint32Array} bins */
export function addHistogram(sum, bins) {
  for (let bin = 0; bin < BINS; bin++) sum[bin] += bins[bin];
}

export const emptyHistogram = () => new Float64Array(BINS);
