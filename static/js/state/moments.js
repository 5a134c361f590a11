// @ts-check
// The moments worth going to: when edges came, and when the chosen filter became one.

import { beyondChance, judgedFrames, showsDifference } from "./added.js";
import { pairOf, partingOf } from "./pair.js";
import { chanceCount, orientedCount, orientedSince } from "./selectors.js";

/**
 * @typedef {import("../types.js").State} State
 * @typedef {import("../types.js").Frame} Frame
 * @typedef {{step: number, words: string}} Moment
 */

/**
 * When the chosen filter became the edge or line that it is in the end.
 * @param {State} state
 * @returns {Moment | null}
 */
function ownMoment(state) {
  const last = judgedFrames(state).at(-1);
  const { filter, layer } = state.view;
  if (!last || filter === null || layer !== null) return null;
  const since = orientedSince(last, filter);
  if (!since) return null;
  return {
    step: since,
    words: `filter ${filter + 1} becomes ${last.verdicts?.label[filter] === "edge" ? "an edge" : "a line"}`,
  };
}

/** All of them, the most telling first. @param {State} state @returns {Moment[]} */
export function moments(state) {
  const found = [ofPair(state), ownMoment(state)].filter((moment) => moment !== null);
  return [...found, ...marks(state)];
}

/** When the two of a pair part, while both are shown. @param {State} state @returns {Moment | null} */
function ofPair(state) {
  const parting = state.view.scene === "twins" && pairOf(state) ? partingOf(state) : null;
  return parting?.kind === "parted" ? { step: parting.step, words: "they part" } : null;
}

/**
 * Where “the step it became an edge” is: the chosen filter's, or else the first of all.
 * @param {State} state
 */
export const edgeMoment = (state) =>
  ownMoment(state) ?? (state.view.filter === null ? (marks(state)[0] ?? null) : null);

/**
 * The moments worth a mark on the scrubber: from when on there have been edges, and half of them.
 * @param {State} state
 * @returns {Moment[]}
 */
export function marks(state) {
  const frames = judgedFrames(state);
  const count = frames[0]?.kernel.shape[3] ?? 0;
  const least = leastNews(frames[0] ?? null);
  const isNews = (/** @type {Frame} */ frame) =>
    showsDifference(state)
      ? beyondChance(state.added.of.get(frame.step) ?? null)
      : orientedCount(frame) >= least;
  const found = [
    { step: lastingFrom(frames, isNews), words: "first edges" },
    {
      step: lastingFrom(frames, (frame) => isNews(frame) && orientedCount(frame) >= count / 2),
      words: "half of them",
    },
  ];
  return found.flatMap(({ step, words }) => (step === null || step === 0 ? [] : [{ step, words }]));
}

/** How many oriented filters are more than chance gave at the start. @param {Frame | null} first */
const leastNews = (first) => orientedCount(first) + 1 + chanceCount(first);

/**
 * @param {Frame[]} frames
 * @param {(frame: Frame) => boolean} holds
 */
function lastingFrom(frames, holds) {
  let from = null;
  for (let index = frames.length - 1; index >= 0; index--) {
    if (!holds(frames[index])) break;
    from = frames[index].step;
  }
  return from;
}
