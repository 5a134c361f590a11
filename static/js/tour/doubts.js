// @ts-check
// What the last four steps say: how far the claim holds, and where it ends.

import { canRerun } from "../state/known.js";
import { hasLabelsIn, objectiveOf } from "../state/objective.js";
import { spoilOf } from "../state/run.js";
import { currentFrame, isDeep, isLive, judgedFrame, orientedCount, playhead } from "../state/selectors.js";
import { capital, fixed, grouped, inWords, percent } from "../words/numbers.js";
import { stepNamed } from "../words/steps.js";
import {
  accuracyOf,
  exampleOf,
  kerasRun,
  movedBy,
  planeOf,
  sizeOf,
  spoiltRun,
  verdictOn,
} from "./figures.js";

/**
 * @typedef {import("../types.js").State} State
 * @typedef {import("./steps.js").Offer} Offer
 */

export const KERAS_STEPS = 60;
/** @param {State} state */
const mayStart = ({ access }) => access === "full";

export const really = {
  /** @param {State} state @returns {string[]} */
  say(state) {
    if (state.run && spoilOf(state.run) === "pixels") return ofShuffled(state);
    const filter = exampleOf(state);
    const { label, explained, oriented } = verdictOn(state, filter);
    const share =
      explained === undefined
        ? ""
        : ` Project the filter onto the ideal ${label} that suits it best: the projection keeps ` +
          `${percent(explained)} of its squared length. 99 of 100 random filters stay below the upright ` +
          "mark in its bar.";
    const claim = oriented
      ? `The test calls filter ${filter + 1} ${label === "edge" ? "an edge" : "a line"}.${share}`
      : `The test calls filter ${filter + 1} neither an edge nor a line, but ${label ?? "nothing yet"}.`;
    return [
      claim,
      (
        "A harder test: shuffle the pixels of all pictures in the same way, and train again. Then " +
        "neighbours have nothing to do with each other, and no edge should appear. " +
        `${shuffledWords(state)}`
      ).trim(),
    ];
  },
  /** @param {State} state @returns {Offer | null} */
  offer(state) {
    if (state.run && spoilOf(state.run) === "pixels") return null;
    const done = spoiltRun(state);
    if (done) return { words: "Show that run", does: "open", id: done.id };
    if (!mayStart(state) || !canRerun(state)) return null;
    return { words: "Train on shuffled pixels", does: "shuffle" };
  },
};

/** @param {State} state */
function shuffledWords(state) {
  const share = spoiltRun(state)?.filters?.oriented;
  return share === null || share === undefined
    ? ""
    : `In your run with shuffled pixels, ${share === 0 ? "none" : percent(share)} of the filters passed.`;
}

/** @param {State} state @returns {string[]} */
function ofShuffled(state) {
  const frame = judgedFrame(state);
  const count = frame?.kernel.shape[3] ?? 0;
  const oriented = orientedCount(frame);
  const whose = oriented === 0 ? " So edges come from the pictures, not from the way we train or test." : "";
  const found = oriented === 0 ? "not one of" : `${inWords(oriented)} of`;
  const accuracy = accuracyOf(state);
  const still =
    accuracy === null
      ? ""
      : ` Still, it classifies ${percent(accuracy)} of new pictures correctly: it learns, but not by edges.`;
  return [
    "The same network and the same pictures, but with their pixels shuffled, in every picture in the " +
      "same way.",
    `At ${stepNamed(state.run, frame?.step ?? 0)} ${found} the ${count} filters ` +
      `${oriented > 1 ? "pass" : "passes"} as an edge or a line.${still}${whose}`,
  ];
}

export const small = {
  /** @param {State} state @returns {string[]} */
  say(state) {
    const plane = planeOf(state);
    if (!plane) {
      const example = kerasRun(state)
        ? "You have a run of that example: look at it."
        : `Train that example for ${KERAS_STEPS} steps and see.`;
      return [
        "Many networks use filters of 3 × 3, among them Keras’s own example for handwritten digits. Nine " +
          "numbers are so few that chance alone often looks like an edge.",
        `So nobody should call a single 3 × 3 filter an edge detector. ${example}`,
      ];
    }
    const accuracy = accuracyOf(state);
    const reads =
      accuracy === null ? "" : ` Still, the network classifies ${percent(accuracy)} of new digits correctly.`;
    return [
      `Here are ${plane.count} filters of 3 × 3 after ${grouped(playhead(state))} steps. For so small ` +
        "a filter one test is left: how much of it is a plain slope from light to dark? " +
        `${capital(inWords(plane.pass))} of them ${plane.pass === 1 ? "is" : "are"} more of a slope than ` +
        `95 in 100 random filters. Chance alone would give about ${fixed(plane.expected, 1)}.`,
      `On average they moved by ${percent(movedBy(state))} of their first length (as vectors), but ` +
        `much of the noise they began with can still be seen.${reads}`,
    ];
  },
  /** @param {State} state @returns {Offer | null} */
  offer(state) {
    if (planeOf(state)) return null;
    const run = kerasRun(state);
    if (run) return { words: "Show that run", does: "open", id: run.id };
    return mayStart(state) ? { words: "Train it", does: "keras" } : null;
  },
};

export const layerTwo = {
  /** @param {State} state @returns {string[]} */
  say(state) {
    if (!state.run?.layers?.[1])
      return [
        "This run has only one layer of filters. Dead leaves, the first experiment in the list, has two.",
      ];
    const frame = isDeep(state) ? currentFrame(state) : null;
    const size = frame && sizeOf(frame);
    const numbers = size
      ? `: here ${size.height} × ${size.width} places of ${size.channels} feature maps, ` +
        `${grouped(size.numbers)} numbers`
      : "";
    return [
      "A filter of the second layer is laid not on the picture but on the feature maps of the " +
        `first${numbers}. Painted as they are, such numbers look like noise, trained or not.`,
      "Each says how much of one first-layer filter is used at one place. So this picture is a linear " +
        "combination: the first layer’s filters, each at its place, with these coefficients. It is only " +
        "roughly right: what the network sets to 0 or drops in pooling, no sum can show. The test " +
        "pictures that excite it most are the better evidence.",
    ];
  },
  /** @param {State} state @returns {Offer | null} */
  offer: (state) =>
    !state.run?.layers?.[1] && mayStart(state) ? { words: "Train Dead leaves", does: "leaves" } : null,
};

/** @param {State} state @returns {string[]} */
export function understands(state) {
  const accuracy = accuracyOf(state);
  const names =
    accuracy === null
      ? ""
      : `Of pictures it has never seen, it classifies ${percent(accuracy)} correctly; guessing among ` +
        "ten gives 10 %. ";
  const unnamed =
    objectiveOf(state) !== "sparse-code"
      ? ""
      : "This network was never told what is in a picture, so it can’t name anything. Edges appear " +
        "anyway, because they are in the pictures. ";
  const spoilt = spoiltRun(state);
  const right = spoilt?.recipe && hasLabelsIn(spoilt.recipe) ? spoilt.metrics?.validation_accuracy : null;
  const without =
    typeof right === "number"
      ? ` Your run with shuffled pixels classified ${percent(right)} correctly without the help of edges.`
      : "";
  const more = isLive(state) ? " It is still training." : "";
  return [
    `${names}${unnamed}Its filters react to edges: that shows how its seeing begins, not that it ` +
      `understands what it sees.${without}${more}`,
    objectiveOf(state) === "classify"
      ? "Give it something it was never trained on, and it will name that too, often with confidence. " +
        "The note marked here says what else this experiment leaves open."
      : "The note marked here says what this experiment leaves open.",
  ];
}
