// @ts-check
// A kernel as a sum of products of a column and a row: of many hand-made ones it takes only one or two,
// and laying on a column and then a row is much less work than laying on the whole.

const SMALL = 6e-7; // of the largest number: what rounding to float32 leaves

/**
 * The columns and rows whose products add up to the kernel, to within float32 (cross approximation with
 * full pivoting: each product takes away the row and column of the largest number that is left).
 * @param {ArrayLike<number>} kernel  size · size
 * @param {number} size
 * @returns {{down: Float64Array, across: Float64Array}[]} none of a kernel of zeros
 */
export function factorsOf(kernel, size) {
  const rest = Float64Array.from(kernel);
  const limit = SMALL * largest(rest);
  const factors = [];
  while (factors.length < size) {
    const most = largest(rest);
    if (most <= limit) break;
    const pivot = rest.findIndex((value) => Math.abs(value) === most);
    const [row, column] = [Math.floor(pivot / size), pivot % size];
    const across = rest.slice(row * size, (row + 1) * size);
    const down = Float64Array.from({ length: size }, (_, at) => rest[at * size + column] / rest[pivot]);
    for (let at = 0; at < rest.length; at++) rest[at] -= down[Math.floor(at / size)] * across[at % size];
    factors.push({ down, across });
  }
  return factors;
}

/** @param {Float64Array} values */
const largest = (values) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
