// @ts-check
// Pictures and feature maps as pixels on a canvas.

import { colourPixels, DIVERGING, levelOf } from "../kernels/colours.js";

/** Of a map that is never below zero: nothing, and the strongest answer, in the light. */
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

/**
 * Says that a canvas holds such maps, which the style sheet turns over in the dark, where paper glares.
 * @param {HTMLCanvasElement} canvas @param {boolean} signed
 */
export const markMaps = (canvas, signed) => canvas.classList.toggle("gray-maps", !signed);

const LEVELS = 256;
const GRAYS = Uint8ClampedArray.from({ length: LEVELS * 3 }, (_, at) => {
  const [faint, strong] = [FAINT[at % 3], STRONG[at % 3]];
  return faint + ((strong - faint) * Math.floor(at / 3)) / (LEVELS - 1);
});

/**
 * Where the colour of an answer begins in its table.
 * @param {number} value
 * @param {number} limit
 * @param {boolean} signed
 */
function placeOf(value, limit, signed) {
  if (signed) return levelOf(value, limit) * 3;
  return Math.round(Math.max(0, Math.min(1, value / limit)) * (LEVELS - 1)) * 3;
}

/**
 * The colour of one answer.
 * @param {number} value
 * @param {number} limit
 * @param {boolean} signed
 * @returns {number[]}
 */
export function colourOf(value, limit, signed) {
  const at = placeOf(value, limit, signed);
  return [...(signed ? DIVERGING : GRAYS).subarray(at, at + 3)];
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
  const { data } = image;
  const colours = signed ? DIVERGING : GRAYS;
  let from = 0;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      for (let filter = 0; filter < count; filter++) {
        const to = ((row * count + filter) * columns + column) * 4;
        const at = placeOf(maps[from++], limit || 1, signed);
        data[to] = colours[at];
        data[to + 1] = colours[at + 1];
        data[to + 2] = colours[at + 2];
        data[to + 3] = 255;
      }
    }
  }
  return image;
}

/** What was painted on last, to be painted over: a megapixel anew each time is garbage each time. */
const papers = /** @type {WeakMap<HTMLCanvasElement, ImageData>} */ (new WeakMap());

/**
 * Signed answers in orange and blue, one a pixel.
 * @param {HTMLCanvasElement} canvas
 * @param {Float32Array} values  row after row
 * @param {[number, number]} size  rows and columns, at least 1
 * @param {number} limit
 */
export function paintSigned(canvas, values, [height, width], limit) {
  const known = papers.get(canvas);
  const image = known?.width === width && known.height === height ? known : new ImageData(width, height);
  papers.set(canvas, image);
  colourPixels(new Uint32Array(image.data.buffer), values, limit);
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  canvas.getContext("2d")?.putImageData(image, 0, 0);
}
