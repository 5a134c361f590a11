// @ts-check
// The curve of training: the mean of each bin of the stretched axis, so that it takes as much room
// as the eye needs, whatever a run's length.

import { binOf } from "../charts/axis.js";

/** @typedef {import("../types.js").TrainingCurve} TrainingCurve */

/** @returns {TrainingCurve} */
export const emptyTraining = () => ({ step: [], loss: [], accuracy: [], newestLoss: [], count: [] });

/**
 * `curve` with what batches gave after it; `curve` itself stays as it is.
 * @param {TrainingCurve} curve
 * @param {number[]} step  ascending
 * @param {number[]} loss  empty where nobody tells it
 * @param {number[]} accuracy  empty where nothing is named
 * @param {number[] | null} [count]  how many steps each entry is the mean of; 1 unless told
 * @returns {TrainingCurve}
 */
export function extendTraining(curve, step, loss, accuracy, count) {
  const next = {
    step: curve.step.slice(),
    loss: curve.loss.slice(),
    accuracy: curve.accuracy.slice(),
    newestLoss: curve.newestLoss.slice(),
    count: curve.count.slice(),
  };
  let last = next.step.length - 1;
  let open = last < 0 ? -1 : binOf(next.step[last]);
  for (let index = 0; index < step.length; index++) {
    const bin = binOf(step[index]);
    const steps = count ? count[index] : 1;
    if (bin > open) {
      open = bin;
      last = next.step.push(step[index]) - 1;
      next.count.push(steps);
    } else {
      next.step[last] = Math.max(next.step[last], step[index]);
      next.count[last] += steps;
    }
    const part = steps / next.count[last];
    mix(next.loss, last, loss[index], part);
    mix(next.accuracy, last, accuracy[index], part);
    if (loss.length) mix(next.newestLoss, last, loss[index], 1);
  }
  return next;
}

/**
 * Makes a value part of the mean at a place; a place nobody told of holds NaN, and a curve of which
 * nothing was ever told stays empty.
 * @param {number[]} curve
 * @param {number} place  the last
 * @param {number | undefined} value
 * @param {number} part  of the mean, 0 to 1
 */
function mix(curve, place, value, part) {
  if (value === undefined && !curve.length) return;
  while (curve.length <= place) curve.push(NaN);
  if (value === undefined) return;
  const before = curve[place];
  curve[place] = Number.isNaN(before) ? value : before + (value - before) * part;
}

/**
 * `values`, one for each of `count` entries, with one more; as above where nobody tells it.
 * @param {number[]} values
 * @param {number} count
 * @param {number | null} [value]
 */
export function withValue(values, count, value) {
  if ((value === undefined || value === null) && !values.length) return values;
  return [...values, ...Array(count - values.length).fill(NaN), value ?? NaN];
}
