// @ts-check
// A picture at another size, and with as many channels as a network looks at.

/**
 * @typedef {import("./drawing.js").Shape} Shape
 * @typedef {import("./planes.js").Pixels} Pixels
 * @typedef {{pixels: Uint8Array, shape: Shape, isCut: boolean}} Resized  isCut: its edges were left out
 */

/** How bright red, green and blue are (ITU-R BT.601, as Pillow has it). */
const BRIGHTNESS = [0.299, 0.587, 0.114];

/**
 * Every pixel is the mean of what lies under it. Of a picture of other proportions the middle is kept.
 * @param {Pixels} picture
 * @param {Shape} shape  with 1 or 3 channels
 * @returns {Resized}
 */
export function resized(picture, [height, width, channels]) {
  const scale = Math.min(picture.height / height, picture.width / width);
  const rows = sharesAlong(picture.height, height, scale);
  const columns = sharesAlong(picture.width, width, scale);
  const pixels = new Uint8Array(height * width * channels);
  const sums = [0, 0, 0];
  for (let at = 0; at < height * width; at++) {
    sums.fill(0);
    for (const [y, high] of rows[Math.floor(at / width)])
      for (const [x, wide] of columns[at % width])
        for (let light = 0; light < 3; light++)
          sums[light] += high * wide * picture.rgba[(y * picture.width + x) * 4 + light];
    if (channels === 3) pixels.set(sums.map(Math.round), at * 3);
    else pixels[at] = Math.round(picture.isGray ? sums[0] : brightnessOf(sums));
  }
  const [spareRows, spareColumns] = [picture.height - height * scale, picture.width - width * scale];
  return { pixels, shape: [height, width, channels], isCut: Math.max(spareRows, spareColumns) >= 1 };
}

/** @param {number[]} sums */
const brightnessOf = (sums) => sums.reduce((sum, value, light) => sum + BRIGHTNESS[light] * value, 0);

/**
 * Which rows (or columns) lie under each new one, and which share of it each is; the shares add up to 1.
 * @param {number} length  before
 * @param {number} count  after
 * @param {number} scale  old ones for each new one
 * @returns {[number, number][][]}
 */
function sharesAlong(length, count, scale) {
  const first = (length - count * scale) / 2;
  return Array.from({ length: count }, (_, at) => {
    const [from, to] = [first + at * scale, first + (at + 1) * scale];
    const low = Math.min(length - 1, Math.floor(from + 1e-9));
    const high = Math.max(low + 1, Math.min(length, Math.ceil(to - 1e-9)));
    return Array.from({ length: high - low }, (_, over) => {
      const covered = Math.min(to, low + over + 1) - Math.max(from, low + over);
      return /** @type {[number, number]} */ ([low + over, covered / (to - from)]);
    });
  });
}

/**
 * The size of a picture whose longer side is to be at most so long.
 * @param {{width: number, height: number}} picture
 * @param {number} longest
 * @returns {[number, number]} height and width
 */
export function fitted({ width, height }, longest) {
  const share = Math.min(1, longest / Math.max(width, height));
  return [Math.max(1, Math.round(height * share)), Math.max(1, Math.round(width * share))];
}
