// @ts-check
// A few filters side by side, each weight a whole multiple of a pixel.

import { cellOf, paintAtlas } from "../kernels/atlas.js";
import { quantileOf, sizeHistogram, addHistogram, emptyHistogram } from "../kernels/quantile.js";

/** @typedef {import("../types.js").Kernel} Kernel */

/** Between them, in CSS pixels. */
const GAP = 3;
/** How large a filter should be about, in CSS pixels. */
const SIDE = 27;
/** The few largest weights may saturate. */
const QUANTILE = 0.98;

/** The one scale for these kernels. @param {(Kernel | null)[]} kernels */
export function limitOfKernels(kernels) {
  const sum = emptyHistogram();
  for (const kernel of kernels) if (kernel) addHistogram(sum, sizeHistogram(kernel.weights));
  return quantileOf(sum, QUANTILE);
}

/** Filters in weights, to be drawn from. */
const sheet = globalThis.document?.createElement("canvas");

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Kernel | null} kernel
 * @param {number} limit
 */
export function paintStrip(canvas, kernel, limit) {
  canvas.classList.toggle("empty", !kernel);
  if (!kernel) return;
  const count = kernel.shape[3];
  const cell = cellOf(kernel.shape);
  const multiple = Math.max(1, Math.round(SIDE / cell.height));
  const [width, height] = [cell.width * multiple, cell.height * multiple];
  Object.assign(sheet, { width: cell.width * count, height: cell.height });
  sheet.getContext("2d")?.putImageData(
    paintAtlas(kernel, () => limit),
    0,
    0,
  );
  canvas.style.setProperty("--one-wide", `${width}px`);
  canvas.style.setProperty("--one-high", `${height}px`);
  Object.assign(canvas, { width: count * (width + GAP) - GAP, height });
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.imageSmoothingEnabled = false;
  for (let at = 0; at < count; at++) {
    const from = /** @type {const} */ ([at * cell.width, 0, cell.width, cell.height]);
    context.drawImage(sheet, ...from, at * (width + GAP), 0, width, height);
  }
}
