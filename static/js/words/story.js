// @ts-check
// Company for whoever waits, and what came of it: sentences that the run's own numbers make true.

import { busiestFilter, endingOf } from "../state/ending.js";
import { secondsLeft } from "../state/pace.js";
import { chanceWords } from "./added.js";
import { fixed, percent } from "./numbers.js";

/**
 * @typedef {import("../types.js").State} State
 * @typedef {import("../state/ending.js").Ending} Ending
 * @typedef {import("./notices.js").Under} Under
 */

/** Who waits less than this needs no company. */
const LONG_SECONDS = 45;
const HARDLY = 0.05;
const SAME_PATTERN = 0.7;

/** Whether there is time to look around. @param {State} state */
export const isLong = (state) => (secondsLeft(state) ?? 0) >= LONG_SECONDS;

/**
 * What can be done while it trains, with what is there now.
 * @param {State} state
 * @param {string} lead  a sentence before it
 * @returns {Under}
 */
export function meanwhile(state, lead) {
  const filter = busiestFilter(state);
  const digits = state.run?.recipe?.dataset === "mnist";
  return {
    tone: "",
    text: `${lead} Meanwhile:`,
    ways: [
      // Of a large network all weights are kept where it is evaluated, and only there.
      { words: digits ? "draw a 7" : "show it a picture", to: { scene: "draw", step: evaluatedStep(state) } },
      { words: `open filter ${filter + 1}`, to: { scene: "filter", filter } },
      state.view.mode === "weights"
        ? { words: "see what was added", to: { mode: "difference" } }
        : { words: "see the filters themselves", to: { mode: "weights" } },
    ],
  };
}

/** @param {State} state */
const evaluatedStep = ({ evaluations }) => evaluations.step.at(-1) ?? 0;

/** The claim at the end, where more was learnt than can be seen; else null. @param {State} state */
export function endingClaim(state) {
  const { oriented, isBeyond, filters } = endingOf(state);
  return isBeyond ? `Beneath the noise, ${oriented} of ${filters} learned an edge or a line.` : null;
}

/** What was learnt. @param {State} state @returns {Under} */
export function ending(state) {
  const told = endingOf(state);
  const text = [rightWords(told) + movedWords(told), beneathWords(state, told)].filter(Boolean).join(" ");
  const isWeights = state.view.mode === "weights";
  const way = isWeights
    ? { words: "Show what was added", to: { mode: /** @type {const} */ ("difference") } }
    : { words: "Show the filters", to: { mode: /** @type {const} */ ("weights") } };
  return { tone: "", text: text.replaceAll(" %", "\u00a0%"), ways: [way] };
}

/** @param {Ending} ending */
const rightWords = ({ right }) => (right === null ? "" : `${percent(right)} right. `);

/** @param {Ending} ending */
function movedWords({ change, nearness }) {
  const medians = `median change ${percent(change)}`;
  if (change < HARDLY) return `The numbers hardly moved (${medians}).`;
  const cosine = fixed(nearness).replace(/^(−?)0\./, "$1.");
  return nearness >= SAME_PATTERN
    ? `The numbers moved (${medians}), yet their pattern stays (cosine ${cosine}).`
    : `The numbers moved (${medians}), and little of their pattern is left (cosine ${cosine}).`;
}

/** @param {State} state @param {Ending} ending */
function beneathWords(state, { oriented, filters, isBeyond }) {
  if (oriented === null) return "";
  const found = oriented ? `${oriented} of ${filters}` : "None";
  return isBeyond ? chanceWords(state, filters) : `${found} learned an edge beneath it: no more than chance.`;
}
