// @ts-check
// The moments worth going to: when edges came, and when the chosen filter became one.

import { pairOf, partingOf } from "./pair.js";
import { marks, orientedSince } from "./selectors.js";

/**
 * @typedef {import("../types.js").State} State
 * @typedef {{step: number, words: string}} Moment
 */

/**
 * When the chosen filter became the edge or line that it is in the end.
 * @param {State} state
 * @returns {Moment | null}
 */
function ownMoment(state) {
  const last = state.frames.at(-1);
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
