// @ts-check
// What a filter can begin with, worked out from a few numbers.

import { bankFilter, scaled, spread, usualLength } from "../../kernels/hand_made.js";
import {
  blurPlane,
  centred,
  dctPlane,
  gaborPlane,
  laplacianPlane,
  prewittPlane,
  sharpenPlane,
  sobelPlane,
} from "../../kernels/planes.js";

/**
 * @typedef {{kind: "sobel_down" | "sobel_right" | "prewitt" | "laplacian" | "blur" | "sharpen"}} Fixed
 * @typedef {{kind: "gabor", angle: number, wave: number, phase: number}} Gabor
 *   degrees from 0 to 180 in which its edge runs, counter-clockwise from the horizontal; from crest to
 *   crest in sizes of the filter; degrees, 0 is a sine
 * @typedef {{kind: "dct", down: number, right: number}} Dct  half waves
 * @typedef {{kind: "bank", bank: import("../../kernels/hand_made.js").BankName, index: number}} OfBank
 * @typedef {Fixed | Gabor | Dct | OfBank} Start
 */

const RADIANS = Math.PI / 180;

/** @type {Record<Fixed["kind"], {label: string, plane: (size: number) => Float64Array}>} */
const FIXED = {
  sobel_down: { label: "Sobel ↕", plane: (size) => sobelPlane(size, Math.PI / 2) },
  sobel_right: { label: "Sobel ↔", plane: (size) => sobelPlane(size, 0) },
  prewitt: { label: "Prewitt", plane: (size) => prewittPlane(size, 0) },
  laplacian: { label: "Laplacian", plane: (size) => centred(laplacianPlane(size, size / 5)) },
  blur: { label: "blur", plane: blurPlane },
  sharpen: { label: "sharpen", plane: sharpenPlane },
};

/**
 * The filter that follows from `start`, as long as the banks of the server are.
 * @param {Start} start
 * @param {number} size  3 or more
 * @param {number} channels
 * @param {number} count  filters in its bank
 * @returns {{weights: Float32Array, label: string}}
 */
export function makeStart(start, size, channels, count) {
  if (start.kind === "bank") {
    const weights = bankFilter(start.bank, size, channels, start.index, count);
    return { weights, label: bankLabel(start, count) };
  }
  const { plane, label } = planeAndLabel(start, size);
  const weights = scaled(spread(plane, Array(channels).fill(1)), usualLength(size, channels, count));
  return { weights, label };
}

/** @param {Fixed | Gabor | Dct} start @param {number} size */
function planeAndLabel(start, size) {
  if (start.kind === "gabor") {
    const { angle, wave, phase } = start;
    const plane = centred(gaborPlane(size, (90 - angle) * RADIANS, wave * size, phase * RADIANS));
    return { plane, label: `${angle}°` };
  }
  if (start.kind === "dct") {
    const [down, right] = [start.down, start.right].map((waves) => Math.min(waves, size - 1));
    return { plane: dctPlane(size, down, right), label: `DCT ${down}, ${right}` };
  }
  const { label, plane } = FIXED[start.kind];
  return { plane: plane(size), label };
}

/** @param {OfBank} start @param {number} count */
function bankLabel({ bank, index }, count) {
  if (bank === "dct" || bank === "laplacian") return `${bank === "dct" ? "DCT" : "Lapl."} ${index + 1}`;
  const turned =
    bank === "gabor" ? (180 * Math.floor(index / 2)) / Math.ceil(count / 2) : (360 * index) / count;
  return `${Math.round((((90 - turned) % 180) + 180) % 180)}°`;
}
