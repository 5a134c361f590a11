// @ts-check
// A few filters side by side, each weight a whole multiple of a pixel.

import { cellOf, paintAtlas } from "../kernels/atlas.js";
import { quantileOf, sizeHistogram, addHistogram, emptyHistogram } from "../kernels/quantile.js";

/** @typedef {import("../types.js").Kernel} Kernel */

const GAP = 1;
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

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Kernel | null} kernel
 * @param {number} limit
 * @param {number} [side]
 */
export function paintStrip(canvas, kernel, limit, side = SIDE) {
  canvas.classList.toggle("empty", !kernel);
  if (!kernel) return;
  const count = kernel.shape[3];
  const { width, height } = cellOf(kernel.shape);
  const atlas = paintAtlas(kernel, () => limit);
  const wide = count * (width + GAP) - GAP;
  if (canvas.width !== wide || canvas.height !== height) Object.assign(canvas, { width: wide, height });
  const multiple = Math.max(1, Math.round(side / height));
  canvas.style.width = `${wide * multiple}px`;
  canvas.style.aspectRatio = `${wide} / ${height}`;
  const context = canvas.getContext("2d");
  for (let filter = 0; filter < count; filter++) {
    const at = [filter * (width + GAP), 0, filter * width];
    context?.putImageData(atlas, at[0] - at[2], 0, at[2], 0, width, height);
  }
}
