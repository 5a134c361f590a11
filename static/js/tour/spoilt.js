// @ts-check
// Runs of the same experiment whose pictures were spoilt.

import { spoilOf } from "../state/run.js";

/** @typedef {import("../types.js").Run} Run */

/** Whether `run` has ended and is `other` on shuffled pixels. @param {Run} run @param {Run | null} other */
export function isSpoiltLike(run, other) {
  return (
    run.status === "finished" &&
    spoilOf(run) === "pixels" &&
    run.preset !== null &&
    run.preset === other?.preset
  );
}
