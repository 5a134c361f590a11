// @ts-check
// Going on from a run's end: what that means, and how a run says that it did.

import { grouped } from "./numbers.js";
import { stepNamed, stepsCounted } from "./steps.js";

/** @typedef {import("../types.js").Run} Run */

/** The most that a run may have. */
export const MOST_STEPS = 1_000_000;

/** To which step it goes on unless somebody says otherwise: twice as far. @param {Run} run */
export const suggestedSteps = (run) => Math.min(MOST_STEPS, 2 * Math.max(run.step, 1));

/** What becomes of the run, and what begins. @param {Run} run */
export const aboutGoingOn = (run) =>
  run.status === "paused"
    ? `This run gets longer: it goes on at ${stepNamed(run, run.step)}.`
    : `A new run begins where this one ended, at ${stepNamed(run, run.step)}: with its weights, ` +
      "its optimizer’s memory and its random numbers. This one stays as it is.";

/** What the learning rate does over the new length. @param {Run} run @param {number} total */
export function rateGoingOn(run, total) {
  const steps = stepsCounted(run, total);
  return run.recipe?.optimizer.schedule === "linear"
    ? `Its learning rate falls over all ${steps} then, as if it always had: it is higher again from ` +
        `here on. So this isn’t to the byte what ${steps} from the beginning come to.`
    : `Its learning rate is constant, so it goes on as a run of ${steps} would have.`;
}

/** Why a run can’t go on to so many steps, or nothing. @param {Run} run @param {number} total */
export function refusedLength(run, total) {
  const reached = run.status === "paused" ? (run.total_steps ?? run.step) : run.step;
  if (!Number.isInteger(total)) return "Say a whole number of steps.";
  if (total <= reached) return `It goes to ${stepNamed(run, reached)} already: say more than that.`;
  return total > MOST_STEPS ? `A run has ${grouped(MOST_STEPS)} steps at most.` : "";
}

/** From where it goes on; the run’s name comes after it. @param {Run} run */
export const originOf = (run) =>
  run.continues ? `Goes on from ${stepNamed(run, run.continues.step)} of` : "";

/** Since when something else computes. @param {Run} run */
export const recomputedWords = (run) =>
  run.recomputed
    ? `From ${stepNamed(run, run.recomputed.step)} on the last digits may differ ` +
      `(${run.recomputed.changes.join("; ")}).`
    : "";
