// @ts-check
// Going on from a run's end: what that means, and how a run says that it did.

import { grouped } from "./numbers.js";
import { filtersListed } from "./switched.js";
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
export function originOf(run) {
  if (!run.continues) return "";
  const { step, weights_only: isAnew } = run.continues;
  return isAnew
    ? `Begins with the weights at ${stepNamed(run, step)} of`
    : `The first ${stepsCounted(run, step)} are of`;
}

/**
 * What a recipe holds at 0, as `filter 16`; nothing of most runs.
 * @param {{recipe: Run["recipe"], layers?: string[]}} run  of the first of its layers none is named
 */
export function heldWords({ recipe, layers = [] }) {
  return Object.entries(recipe?.without ?? {})
    .map(([layer, filters]) => {
      const named = `${filters.length > 1 ? "filters" : "filter"} ${filtersListed(filters, "and")}`;
      return layer === layers[0] ? named : `${named} of ${layer}`;
    })
    .join(", ");
}

/** After the name of the run that it goes on from, or by itself. @param {Run} run */
export function withoutWords(run) {
  const held = heldWords(run);
  if (held) return run.continues ? `, ${held} held at 0 from there on` : `Held at 0: ${held}`;
  return "";
}

/** How its recipe once more is another training; nothing of a run that began at step 0. @param {Run} run */
export function anewWords(run) {
  if (!run.continues) return "";
  const held = heldWords(run);
  const begins = `From step 0 on, not from ${stepNamed(run, run.continues.step)} as this run`;
  return held ? `${begins}; ${held} held at 0 all the way` : begins;
}

/**
 * What becomes of filters that are out when it is trained on from a step.
 * @param {Run} run
 * @param {number} step
 * @param {number[]} filters  from 0
 */
export function trainingOnWords(run, step, filters) {
  const named = `${filters.length > 1 ? "filters" : "filter"} ${filtersListed(filters, "and")}`;
  const total =
    run.total_steps !== null && run.total_steps > step ? run.total_steps : suggestedSteps({ ...run, step });
  return (
    `Do the others take over? A new run begins with these weights at ${stepNamed(run, step)} and goes to ` +
    `${stepNamed(run, total)}, ${named} held at 0. The optimizer’s memory begins anew.`
  );
}

/** Since when something else computes. @param {Run} run */
export const recomputedWords = (run) =>
  run.recomputed
    ? `From ${stepNamed(run, run.recomputed.step)} on the last digits may differ ` +
      `(${run.recomputed.changes.join("; ")}).`
    : "";
