// @ts-check
// The questions of the tour, where each is answered, and in which words.

import { objectiveOf } from "../state/objective.js";
import { spoilOf } from "../state/run.js";
import { TOUR_STEPS } from "../state/tour.js";
import { asks, lineAt, lineToTell, yourTurn } from "./question.js";
import { applied, becomes, chosen, isFilter, learns } from "./words.js";
import { layerTwo, really, small, understands } from "./doubts.js";
import { exampleOf } from "./figures.js";

/**
 * @typedef {import("../types.js").State} State
 * @typedef {{scene: string, selector: string, layer?: string, filter?: number}} Spot  where a step points
 * @typedef {{words: string, id?: string,
 *   does: "start" | "replay" | "shuffle" | "keras" | "open" | "rule" | "draw" | "leaves"}} Offer
 *
 * @typedef {object} Step
 * @property {string} question
 * @property {(state: State) => Spot} at
 * @property {(state: State) => string[]} say
 * @property {(state: State) => string | null} [lineOf]  of code, above the words
 * @property {(state: State) => Offer | null} [offer]
 * @property {boolean} [needsRun]
 * @property {boolean} [ofGuests]  it may be about a run that the tour only visits
 * @property {boolean} [atStart]  the page stands at step 0, so that nothing is revealed
 * @property {boolean} [asks]  for a guess
 * @property {boolean} [reveals]  what came of it
 */

/** @param {string} selector @returns {(state: State) => Spot} */
const live = (selector) => () => ({ scene: "live", selector });

/** @param {State} state */
const secondLayer = (state) => state.run?.layers?.[1] ?? null;

/** @param {State} state */
const isShuffled = (state) => state.run !== null && spoilOf(state.run) === "pixels";

/** @type {Step[]} */
export const STEPS = [
  { question: "What are those filters?", at: lineAt, lineOf: lineToTell, say: asks },
  {
    question: "What is a filter?",
    at: (state) => ({
      scene: "live",
      selector: `#montage .tile[data-filter="${exampleOf(state)}"]`,
      filter: exampleOf(state),
    }),
    say: isFilter,
    atStart: true,
  },
  {
    question: "Who chose these numbers?",
    at: live("#before, #now"), // in low windows the first filters stand in the place of those now
    say: chosen,
    offer: ({ view }) => (view.scene === "weights" ? null : { words: "See the rule", does: "rule" }),
    atStart: true,
    asks: true,
  },
  {
    question: "What does it become?",
    at: live("#scrubber"),
    say: becomes,
    reveals: true,
    offer: () => ({ words: "Replay", does: "replay" }),
    needsRun: true,
  },
  {
    question: "How is it applied?",
    at: (state) => ({ scene: "microscope", selector: "#lens-tables", filter: exampleOf(state) }),
    say: applied,
    needsRun: true,
  },
  {
    question: "How does it learn?",
    at: (state) => ({ scene: "filter", selector: ".filter-pull", filter: exampleOf(state) }),
    say: learns,
    needsRun: true,
  },
  {
    question: "Is it really an edge detector?",
    at: (state) =>
      isShuffled(state)
        ? { scene: "live", selector: "#now" }
        : { scene: "filter", selector: "#filter-why", filter: exampleOf(state) },
    say: really.say,
    offer: really.offer,
    needsRun: true,
    ofGuests: true,
  },
  {
    question: "What about 3 × 3?",
    at: live("#now"),
    say: small.say,
    offer: small.offer,
    needsRun: true,
    ofGuests: true,
  },
  {
    question: "What about layer 2?",
    at: (state) => {
      const layer = secondLayer(state);
      return layer
        ? { scene: "filter", selector: "#filter-large", layer, filter: state.view.filter ?? 0 }
        : { scene: "live", selector: "#now" };
    },
    say: layerTwo.say,
    offer: layerTwo.offer,
    needsRun: true,
  },
  {
    question: "Does it understand?",
    at: live("#doubt"),
    say: understands,
    offer: (state) => (objectiveOf(state) === "classify" ? { words: "Draw something", does: "draw" } : null),
    needsRun: true,
  },
  { question: "Your turn.", at: () => ({ scene: "workshop", selector: "#shop-cells" }), say: yourTurn },
];

/** The step of that number; there is always one. @param {number} number  from 1 to `TOUR_STEPS` */
export const stepOf = (number) => STEPS[Math.min(number, TOUR_STEPS) - 1];
