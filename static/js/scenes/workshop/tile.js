// @ts-check
// One filter as a small picture.

import { cellOf, paintAtlas } from "../../kernels/atlas.js";

/**
 * Paints a filter, a pixel a weight, in colour only where its channels differ; shown as large as fits into
 * `room` in whole multiples.
 * @param {HTMLCanvasElement} canvas
 * @param {Float32Array} weights  size, size, channels
 * @param {{size: number, channels: number}} shape
 * @param {number} room  in screen pixels
 */
export function paintFilter(canvas, weights, { size, channels }, room) {
  const limit = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) || 1;
  const first = weights.filter((_, at) => at % channels === 0);
  const isGray = weights.every((weight, at) => weight === first[Math.floor(at / channels)]);
  const shape = /** @type {[number, number, number, number]} */ ([size, size, isGray ? 1 : channels, 1]);
  const image = paintAtlas({ shape, weights: isGray ? first : weights }, () => limit);
  const { width, height } = cellOf(shape);
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  canvas.getContext("2d")?.putImageData(image, 0, 0);
  const shown = `${Math.max(1, Math.floor(room / size)) * size}px`;
  Object.assign(canvas.style, { width: shown, height: shown });
}
