// @ts-check
// Which stripes a filter answers to: the size of its discrete Fourier transform.

/** Frequencies each way; the filter is laid into so many zeros. */
export const SIZE = 32;

const WAVES = Array.from({ length: SIZE }, (_, at) => [
  Math.cos((2 * Math.PI * at) / SIZE),
  -Math.sin((2 * Math.PI * at) / SIZE),
]);

/**
 * √Σ_c |Σ_{r,k} W[r, k, c]·exp(−2πi(u·k + v·r)/32)|², with frequency 0 in the middle.
 * @param {import("../../types.js").Kernel} kernel  of one filter
 * @returns {Float32Array} 32 rows of 32, v down and u to the right, from −16 to 15
 */
export function spectrumOf({ shape: [height, width, channels], weights }) {
  const power = new Float32Array(SIZE * SIZE);
  for (let channel = 0; channel < channels; channel++)
    addPower(power, weights, height, width, channels, channel);
  return power.map(Math.sqrt);
}

/**
 * Rows first, then columns.
 * @param {Float32Array} power
 * @param {Float32Array} weights
 * @param {number} height
 * @param {number} width
 * @param {number} channels
 * @param {number} channel
 */
function addPower(power, weights, height, width, channels, channel) {
  for (let u = 0; u < SIZE; u++) {
    const rows = Array.from({ length: height }, (_, row) => {
      let [real, imaginary] = [0, 0];
      for (let column = 0; column < width; column++) {
        const weight = weights[(row * width + column) * channels + channel];
        const [cos, sin] = WAVES[((u + SIZE / 2) * column) % SIZE];
        real += weight * cos;
        imaginary += weight * sin;
      }
      return [real, imaginary];
    });
    for (let v = 0; v < SIZE; v++) {
      let [real, imaginary] = [0, 0];
      rows.forEach(([a, b], row) => {
        const [cos, sin] = WAVES[((v + SIZE / 2) * row) % SIZE];
        real += a * cos - b * sin;
        imaginary += a * sin + b * cos;
      });
      power[v * SIZE + u] += real * real + imaginary * imaginary;
    }
  }
}

/**
 * The strongest stripes: the length of one wave in pixels (Infinity
 * for plain brightness), and where they run.
 * @param {Float32Array} spectrum
 */
export function strongest(spectrum) {
  const at = spectrum.indexOf(Math.max(...spectrum));
  const [u, v] = [(at % SIZE) - SIZE / 2, Math.floor(at / SIZE) - SIZE / 2];
  const across = Math.atan2(-v, u); // the way in which light and dark take turns, as one sees it
  const degrees = ((across * 180) / Math.PI + 90 + 360) % 180;
  return { pixels: u || v ? SIZE / Math.hypot(u, v) : Infinity, degrees };
}
