// @ts-check
// Small pictures of weights, of pixels and of answers, each a whole multiple of its size.

import { cellOf, paintAtlas } from "../../kernels/atlas.js";
import { DIVERGING, levelOf } from "../../kernels/colours.js";
import { markMaps } from "../../pictures/paint.js";

/** @typedef {import("../../types.js").Kernel} Kernel */

const PAPER = [244, 244, 242];
const INK = [23, 24, 28];

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Kernel} kernel  of one filter
 * @param {number} limit
 * @param {number} room  CSS pixels
 */
export function showKernel(canvas, kernel, limit, room) {
  const cell = cellOf(kernel.shape);
  show(
    canvas,
    paintAtlas(kernel, () => limit),
    cell,
    room,
  );
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Uint8Array} bytes
 * @param {number[]} shape  height, width, channels
 * @param {number} room
 */
export function showBytes(canvas, bytes, [height, width, channels], room) {
  const image = new ImageData(width, height);
  for (let at = 0; at < width * height; at++) {
    for (let channel = 0; channel < 3; channel++)
      image.data[at * 4 + channel] = bytes[at * channels + (channels === 3 ? channel : 0)];
    image.data[at * 4 + 3] = 255;
  }
  show(canvas, image, { width, height }, room);
}

/**
 * Numbers from 0 on as paper to ink; where some are negative, in the colours of weights.
 * @param {HTMLCanvasElement} canvas
 * @param {ArrayLike<number>} values
 * @param {number} height
 * @param {number} width
 * @param {number} room
 */
export function showNumbers(canvas, values, height, width, room) {
  const image = new ImageData(width, height);
  let most = 0;
  let signed = false;
  for (let at = 0; at < values.length; at++) {
    most = Math.max(most, Math.abs(values[at]));
    signed ||= values[at] < 0;
  }
  for (let at = 0; at < values.length; at++) {
    const level = levelOf(values[at], most || 1) * 3;
    const share = values[at] / (most || 1);
    for (let channel = 0; channel < 3; channel++) {
      image.data[at * 4 + channel] = signed
        ? DIVERGING[level + channel]
        : PAPER[channel] + (INK[channel] - PAPER[channel]) * share;
    }
    image.data[at * 4 + 3] = 255;
  }
  markMaps(canvas, signed);
  show(canvas, image, { width, height }, room);
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {ImageData} image
 * @param {{width: number, height: number}} size
 * @param {number} room
 */
function show(canvas, image, { width, height }, room) {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const multiple = Math.max(1, Math.floor(room / Math.max(width, height)));
  canvas.style.width = `${width * multiple}px`;
  canvas.style.height = `${height * multiple}px`;
  canvas.getContext("2d")?.putImageData(image, 0, 0);
}

/**
 * A round factor, 1, 2 or 5 times a power of ten, by which small weights may be enlarged to be seen.
 * @param {Float32Array} weights
 * @param {number} limit  of the colour scale
 */
export function enlargement(weights, limit) {
  const most = weights.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  if (!most) return 1;
  const free = limit / most;
  const power = 10 ** Math.floor(Math.log10(free));
  return Math.max(1, ([5, 2, 1].find((part) => part * power <= free) ?? 1) * power);
}
