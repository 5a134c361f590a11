// @ts-check
// Pictures as numbers from 0 to 1, a plane a channel.

/**
 * @typedef {object} Pixels  A picture as a canvas has it.
 * @property {number} width
 * @property {number} height
 * @property {ArrayLike<number>} rgba  0 to 255
 * @property {boolean} isGray
 */

/** How bright red, green and blue are (ITU-R BT.601, as Pillow has it). */
const BRIGHTNESS = [0.299, 0.587, 0.114];

/**
 * @param {ArrayLike<number>} pixels  0 to 255: height, width, channels
 * @param {import("./drawing.js").Shape} shape
 * @returns {Pixels}
 */
export function pixelsFrom(pixels, [height, width, channels]) {
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let at = 0; at < width * height; at++)
    for (let channel = 0; channel < 3; channel++)
      rgba[at * 4 + channel] = pixels[at * channels + (channels === 3 ? channel : 0)];
  return { width, height, rgba, isGray: channels === 1 };
}

/**
 * The planes a filter of so many channels sees: a gray picture has three that are one and the same, and
 * of a coloured one a gray filter sees the brightness.
 * @param {Pixels} picture
 * @param {number} channels
 * @returns {import("../kernels/correlate.js").Planes}
 */
export function planesOf({ width, height, rgba, isGray }, channels) {
  const plane = (/** @type {(at: number) => number} */ value) =>
    Float32Array.from({ length: width * height }, (_, at) => value(at * 4) / 255);
  if (channels === 3 && !isGray) {
    const planes = [0, 1, 2].map((channel) => plane((at) => rgba[at + channel]));
    return { width, height, planes };
  }
  const [red, green, blue] = BRIGHTNESS;
  const bright = isGray
    ? plane((at) => rgba[at])
    : plane((at) => red * rgba[at] + green * rgba[at + 1] + blue * rgba[at + 2]);
  return { width, height, planes: Array(channels).fill(bright) };
}
