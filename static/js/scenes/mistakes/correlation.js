// @ts-check
// How far two things that are known of each filter go together.

/**
 * Pearson’s r; null where either doesn’t vary.
 * @param {number[]} one
 * @param {number[]} other
 */
export function correlation(one, other) {
  const [ofOne, ofOther] = [centred(one), centred(other)];
  const spread = Math.sqrt(product(ofOne, ofOne) * product(ofOther, ofOther));
  return spread > 0 && Number.isFinite(spread) ? product(ofOne, ofOther) / spread : null;
}

/** @param {number[]} values */
function centred(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}

/** @param {number[]} one @param {number[]} other */
const product = (one, other) => one.reduce((sum, value, at) => sum + value * other[at], 0);
