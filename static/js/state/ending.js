// @ts-check
// How a run with small kernels ends: what its own numbers say was learnt.

import { addedAt, beyondChance, showsDifference } from "./added.js";
import { indexAt } from "./frames.js";
import { addedSince } from "../kernels/added.js";
import { spoilOf } from "./run.js";
import { beginsAtStart, isFromElsewhere } from "./watched.js";
import { isDeep, judgedFrame, looksBack, orientedIn } from "./selectors.js";

/**
 * @typedef {import("../types.js").State} State
 * @typedef {import("../types.js").Frame} Frame
 *
 * @typedef {object} Ending
 * @property {number | null} right  share of new pictures named rightly
 * @property {number} change  median of |W − W₀| / |W₀|
 * @property {number} nearness  median cosine of a filter with its start
 * @property {number} filters
 * @property {number | null} oriented  how many of them learned an edge or a line; null until it is judged
 * @property {boolean} isBeyond  whether those are more than chance gives
 */

/** Kernels up to this size can hardly be told from chance one by one, and mostly keep their start. */
const SMALL = 3;

/** Whether the filters are too small for a start to vanish in. @param {State} state */
export const isSmall = (state) =>
  Boolean(judgedFrame(state)?.verdicts) && (judgedFrame(state)?.kernel.shape[0] ?? SMALL + 1) <= SMALL;

/** Whether there is an ending to tell. @param {State} state */
export function hasEnding(state) {
  const { run, frames } = state;
  const isOver = run?.status === "finished" && !looksBack(state) && !isDeep(state);
  const isStart = beginsAtStart(run) || (!isFromElsewhere(state) && !run?.continues);
  return isOver && isStart && frames.length > 1 && isSmall(state) && spoilOf(run) === "none";
}

/** Whether what training added is to be judged now. @param {State} state */
export const wantsAdded = (state) =>
  state.frames.length > 1 && ((showsDifference(state) && state.view.scene === "live") || hasEnding(state));

/** What the run's own numbers say was learnt. @param {State} state @returns {Ending} */
export function endingOf(state) {
  const { frames, evaluations } = state;
  const [first, last] = [frames[0], frames[frames.length - 1]];
  const verdicts = addedAt(state, last);
  return {
    right: evaluations.accuracy.findLast(Number.isFinite) ?? null,
    change: median(last.verdicts?.change ?? []),
    nearness: median(nearnesses(first, last)),
    filters: last.kernel.shape[3],
    oriented: verdicts && orientedIn(verdicts.counts),
    isBeyond: beyondChance(verdicts),
  };
}

/** The cosine of each filter with its start. @param {Frame} first @param {Frame} now */
function nearnesses(first, now) {
  const { left } = addedSince(first.kernel, now.kernel);
  const [before, after] = [lengths(first), lengths(now)];
  return Array.from(left, (share, filter) => (share * before[filter]) / after[filter] || 0);
}

/** @param {Frame} frame */
function lengths({ kernel: { weights, shape } }) {
  const squares = new Float64Array(shape[3]);
  weights.forEach((weight, at) => (squares[at % shape[3]] += weight ** 2));
  return squares.map(Math.sqrt);
}

/** @param {number[]} values */
function median(values) {
  const ordered = values.toSorted((one, other) => one - other);
  const middle = ordered.length >> 1;
  const low = ordered[ordered.length % 2 ? middle : middle - 1];
  return ((low ?? 0) + (ordered[middle] ?? 0)) / 2;
}

/**
 * The filter worth opening meanwhile: the one that had changed most at the last power of ten, so that it
 * isn't another one with every batch.
 * @param {State} state
 */
export function busiestFilter({ frames }) {
  const last = frames.at(-1)?.step ?? 0;
  if (last < 1) return 0;
  const change = frames[indexAt(frames, 10 ** Math.floor(Math.log10(last)))]?.verdicts?.change ?? [];
  return Math.max(0, change.indexOf(Math.max(...change)));
}
