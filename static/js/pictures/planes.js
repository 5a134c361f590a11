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
  const plane = (/** @type {number[]} */ shares) => brightnessOf(rgba, width * height, shares);
  if (channels === 3 && !isGray)
    return { width, height, planes: [plane([1, 0, 0]), plane([0, 1, 0]), plane([0, 0, 1])] };
  return { width, height, planes: Array(channels).fill(plane(isGray ? [1, 0, 0] : BRIGHTNESS)) };
}

/** @param {ArrayLike<number>} rgba @param {number} count @param {number[]} shares  of red, green, blue */
function brightnessOf(rgba, count, [red, green, blue]) {
  const plane = new Float32Array(count);
  for (let at = 0, from = 0; at < count; at++, from += 4)
    plane[at] = (red * rgba[from] + green * rgba[from + 1] + blue * rgba[from + 2]) / 255;
  return plane;
}
