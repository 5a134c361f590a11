// @ts-check
// How far the one colour scale reaches: the 98 % quantile of |W| over the film so far.

import { addHistogram, emptyHistogram, quantileOf } from "./quantile.js";

/** @typedef {import("../types.js").Frame} Frame */

/** The few largest weights may saturate, or the first frame looks washed out. */
const QUANTILE = 0.98;
/** A scale that starts above frame 0 need not grow so far. */
const FIRST_ROOM = 1.45;

/** @type {WeakMap<Frame[], number>} */
const known = new WeakMap();

/**
 * The limit for these frames. With more frames it may grow but never shrinks, so that no colour
 * breathes; a finished run and its replay have the same.
 * @param {Frame[]} frames
 */
export function limitOf(frames) {
  if (!frames.length) return 0;
  const found = known.get(frames);
  if (found !== undefined) return found;
  const sum = emptyHistogram();
  let limit = quantileOf(frames[0].sizes, QUANTILE) * FIRST_ROOM;
  for (const frame of frames) {
    addHistogram(sum, frame.sizes);
    limit = Math.max(limit, quantileOf(sum, QUANTILE));
  }
  known.set(frames, limit);
  return limit;
}
