// @ts-check
// Pictures and feature maps as pixels on a canvas.

import { DIVERGING, levelOf } from "../../kernels/colours.js";

/** Of a map that is never below zero: nothing, and the strongest answer. The same in both themes. */
const FAINT = [245, 245, 245];
const STRONG = [23, 24, 28];

/**
 * @param {HTMLCanvasElement} canvas
 * @param {ArrayLike<number>} pixels  0 to 255
 * @param {import("./drawing.js").Shape} shape
 */
export function paintPicture(canvas, pixels, [height, width, channels]) {
  const image = new ImageData(width, height);
  for (let at = 0; at < width * height; at++) {
    for (let channel = 0; channel < 3; channel++) {
      image.data[at * 4 + channel] = pixels[at * channels + (channels === 3 ? channel : 0)];
    }
    image.data[at * 4 + 3] = 255;
  }
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  canvas.getContext("2d")?.putImageData(image, 0, 0);
}

/** The colour of one answer. @param {number} value @param {number} limit @param {boolean} signed @returns {number[]} */
export function colourOf(value, limit, signed) {
  if (signed) {
    const level = levelOf(value, limit) * 3;
    return [...DIVERGING.subarray(level, level + 3)];
  }
  const share = Math.max(0, Math.min(1, value / limit));
  return FAINT.map((faint, channel) => Math.round(faint + (STRONG[channel] - faint) * share));
}

/**
 * All maps of a layer side by side in one image of filters · columns by rows.
 * @param {ArrayLike<number>} maps  rows, columns, filters
 * @param {number[]} shape
 * @param {number} limit
 * @param {boolean} signed
 */
export function paintMaps(maps, [rows, columns, count], limit, signed) {
  const image = new ImageData(columns * count, rows);
  for (let place = 0; place < rows * columns; place++) {
    const to = (Math.floor(place / columns) * image.width + (place % columns)) * 4;
    for (let filter = 0; filter < count; filter++) {
      image.data.set(colourOf(maps[place * count + filter], limit || 1, signed), to + filter * columns * 4);
      image.data[to + filter * columns * 4 + 3] = 255;
    }
  }
  return image;
}
