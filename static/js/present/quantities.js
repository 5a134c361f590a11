// @ts-check
// The curves a presentation can show, one at a time.

import { courseOf } from "../charts/curves.js";
import { topOfErrors } from "../charts/ticks.js";
import { objectiveOf } from "../state/objective.js";
import { judgedFrame, orientedOf, playhead } from "../state/selectors.js";
import { isFromElsewhere } from "../state/watched.js";
import { fixed, percent } from "../words/numbers.js";
import { stepNamed } from "../words/steps.js";

/**
 * @typedef {import("../types.js").State} State
 * @typedef {{step: number[], value: number[]}} Course
 * @typedef {{title: string, top: (course: Course) => number, say: (value: number) => string,
 *   sayNow?: (state: State) => string, of: (state: State) => Course}} Quantity
 */

/** @type {Record<string, Quantity>} */
export const QUANTITIES = {
  oriented: {
    title: "Filters that see edges or lines",
    top: () => 1,
    say: percent,
    sayNow: (state) => orientedOf(judgedFrame(state)),
    of({ frames }) {
      const judged = frames.filter(({ verdicts }) => verdicts);
      return {
        step: judged.map(({ step }) => step),
        value: judged.map(({ verdicts }) => verdicts?.oriented ?? 0),
      };
    },
  },
  accuracy: {
    title: "Right answers, new pictures",
    top: () => 1,
    say: percent,
    of: ({ evaluations }) => courseOf(evaluations, "accuracy"),
  },
  loss: {
    title: "Error, new pictures",
    top: ({ value }) => topOfErrors(value),
    say: (value) => fixed(value),
    of: ({ evaluations }) => courseOf(evaluations, "loss"),
  },
};

/**
 * Which of them a run has: nothing is right or wrong where nothing is named.
 * @param {State} state
 * @param {string} name
 */
export function isThere(state, name) {
  if (name === "oriented" || !state.run) return true;
  if (isFromElsewhere(state)) return QUANTITIES[name].of(state).step.length > 0;
  return name !== "accuracy" || objectiveOf(state) === "classify";
}

/** The last value at or before the step looked at. @param {State} state @param {Course} course */
export function valueNow(state, { step, value }) {
  const at = step.findLastIndex((one) => one <= playhead(state));
  return at < 0 ? null : value[at];
}

/** What the curve says, for those who don't see it. @param {State} state @param {Quantity} quantity */
export function summaryOf(state, quantity) {
  const course = quantity.of(state);
  const now = valueNow(state, course);
  if (now === null) return `${quantity.title} over the steps; nothing is known yet.`;
  return (
    `${quantity.title}: ${quantity.say(course.value[0])} at ${stepNamed(state.run, course.step[0])}, ` +
    `${quantity.say(now)} at ${stepNamed(state.run, playhead(state))}.`
  );
}
