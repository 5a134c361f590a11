// @ts-check
// What the card tells, as it follows from the state and from what was guessed.

import { phaseOf } from "../state/phase.js";
import { expectedSeconds } from "../state/durations.js";
import { isLive, judgedFrame, lastStep, orientedCount } from "../state/selectors.js";
import { TOUR_STEPS } from "../state/tour.js";
import { spokenTime } from "../words/numbers.js";
import { QUICK } from "./guests.js";
import { stepOf } from "./steps.js";

/**
 * @typedef {import("../types.js").State} State
 * @typedef {import("./steps.js").Offer} Offer
 * @typedef {import("./guessed.js").Guess} Guess
 */

const WAIT = ["One moment: the run is getting ready."];
const START = { words: "Start training", does: /** @type {const} */ ("start") };

/** @param {State} state */
const hereOf = ({ view }) => view.tour ?? 1;

/**
 * All that stands on the card.
 * @param {State} state
 * @param {Guess | null} guess  about the run on the stage
 * @returns {import("./card.js").Told}
 */
export function toldOf(state, guess) {
  const here = hereOf(state);
  const step = stepOf(here);
  const offer = offerOf(state);
  return {
    number: here,
    question: step.question,
    line: step.lineOf?.(state) ?? null,
    result: step.reveals && isCaughtUp(state) ? revealed(state, guess) : null,
    words: wordsOf(state),
    asked: step.asks ? askedOf(state, guess) : null,
    offer: offer?.words ?? null,
    next: here === TOUR_STEPS ? "Done" : startsNext(state) ? "Train and see" : "Next",
    sure: offer?.does !== "start",
  };
}

/** @param {State} state */
function wordsOf(state) {
  const step = stepOf(hereOf(state));
  if (!step.needsRun || isCaughtUp(state))
    return startsNext(state) ? [...step.say(state), toTrain(state)] : step.say(state);
  if (state.run || state.pending === "start") return WAIT;
  return ["There is no run yet to show this on. Start one: it takes a few seconds."];
}

/** The next card is about a run, and there is none: so the tour starts one. @param {State} state */
export function startsNext(state) {
  const here = hereOf(state);
  const isBefore = !stepOf(here).needsRun && stepOf(here + 1).needsRun === true;
  return isBefore && mayStart(state) && state.pending === null;
}

/** @param {State} state */
const mayStart = (state) => state.access === "full" && phaseOf(state) === "ready";

/** @param {State} state */
function toTrain(state) {
  const seconds = expectedSeconds(state, QUICK);
  const time = seconds === null ? "a few seconds" : `about ${spokenTime(seconds)}`;
  return `The tour now trains this network itself; that takes ${time}.`;
}

/**
 * Of how many filters the viewer may guess what becomes of them: those that the test can tell apart.
 * @param {State} state
 * @param {Guess | null} guess
 */
export function askedOf(state, guess) {
  const frame = judgedFrame(state);
  if (!frame?.verdicts) return null;
  const of = frame.kernel.shape[3];
  return { of, count: guess?.of === of ? guess.count : null };
}

/** Whether the page holds what the run has told so far. @param {State} state */
export function isCaughtUp(state) {
  return state.frames.length > 0 && (isLive(state) || lastStep(state) >= (state.run?.step ?? 0));
}

/**
 * What the step offers to do; where there is no run, to start one.
 * @param {State} state
 * @returns {Offer | null}
 */
export function offerOf(state) {
  const step = stepOf(hereOf(state));
  if (!state.run) return step.needsRun && mayStart(state) ? START : (step.offer?.(state) ?? null);
  return step.needsRun && !isCaughtUp(state) ? null : (step.offer?.(state) ?? null);
}

/**
 * What the viewer guessed, beside what came of it in the run's newest snapshot.
 * @param {State} state
 * @param {Guess | null} guess
 * @returns {string | null}
 */
function revealed(state, guess) {
  const last = state.frames.at(-1);
  if (!guess || !last?.verdicts || guess.of !== last.kernel.shape[3]) return null;
  const found = orientedCount(last);
  if (isLive(state)) return `You said ${guess.count}; so far it is ${found}.`;
  return guess.count === found
    ? `You said ${found}, and ${found} it was.`
    : `You said ${guess.count}; it was ${found}.`;
}
