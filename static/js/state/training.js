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
 * @param {number[]} loss
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
      next.loss.push(loss[index]);
      if (accuracy.length) next.accuracy.push(accuracy[index]);
    } else {
      next.step[last] = Math.max(next.step[last], step[index]);
      next.count[last] += steps;
      const part = steps / next.count[last];
      next.loss[last] += (loss[index] - next.loss[last]) * part;
      if (accuracy.length) next.accuracy[last] += (accuracy[index] - next.accuracy[last]) * part;
    }
    next.newestLoss[last] = loss[index];
  }
  return next;
}
