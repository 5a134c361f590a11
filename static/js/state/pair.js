// @ts-check
// What follows from two runs side by side: where each stands, how alike they are, when they part.

import { indexAt } from "./frames.js";
import { isLive, orientedCount, playhead, previewFrame } from "./selectors.js";

/**
 * @typedef {import("../types.js").State} State
 * @typedef {import("../types.js").Frame} Frame
 * @typedef {{a: State, b: State}} Pair
 */

/** Filters whose weights agree better than this, cosine on average, look alike. */
export const ALIKE = 0.95;
const ROUNDING = 1e-6;
/** Nor may so large a share more of the one's filters be edges or lines. */
export const SHARE = 1 / 8;

/** Both runs, once both are there. @param {State} state @returns {Pair | null} */
export function pairOf(state) {
  const { run, twin } = state;
  return run && twin?.run && twin.run.id !== run.id ? { a: state, b: twin } : null;
}

/** The frames looked at: as far as each run has come by that step. @param {State} state */
export function shownFramesOf(state) {
  const step = playhead(state);
  return { a: at(state.frames, step) ?? previewFrame(state), b: at(state.twin?.frames ?? [], step) };
}

/** @param {Frame[]} frames @param {number} step @returns {Frame | null} */
const at = (frames, step) => (frames.length ? frames[Math.max(0, indexAt(frames, step))] : null);

/** Whether either still trains or waits to. @param {Pair} pair */
export const isPairLive = ({ a, b }) => isLive(a) || isLive(b);

/** Whether two frames hold the same numbers, but for rounding. @param {Frame} one @param {Frame} other */
export function isSame(one, other) {
  const [these, those] = [one.kernel.weights, other.kernel.weights];
  return (
    these.length === those.length &&
    these.every((weight, index) => Math.abs(weight - those[index]) <= ROUNDING)
  );
}

/**
 * The mean cosine between each filter and its twin; null where they can't be laid over one another.
 * @param {Frame} one
 * @param {Frame} other
 */
export function likeness(one, other) {
  const count = one.kernel.shape[3];
  if (one.kernel.shape.join() !== other.kernel.shape.join()) return null;
  const [these, those] = [one.kernel.weights, other.kernel.weights];
  let sum = 0;
  for (let filter = 0; filter < count; filter++) {
    let [product, here, there] = [0, 0, 0];
    for (let index = filter; index < these.length; index += count) {
      product += these[index] * those[index];
      here += these[index] ** 2;
      there += those[index] ** 2;
    }
    sum += here && there ? product / Math.sqrt(here * there) : Number(here === there);
  }
  return sum / count;
}

/** Whether two frames of the same step look alike. @param {Frame} one @param {Frame} other */
function isAlike(one, other) {
  const [here, there] = [one, other].map((frame) => orientedCount(frame) / frame.kernel.shape[3]);
  return (likeness(one, other) ?? 1) >= ALIKE && Math.abs(here - there) <= SHARE;
}

/** @typedef {{kind: "unlike"} | {kind: "alike", step: number} | {kind: "parted", step: number}} Parting */

/** @type {{a: Frame[], b: Frame[], found: Parting | null}} */
let known = { a: [], b: [], found: null };

/**
 * The last snapshot up to which the two look alike: `parted` after it, or `alike` until now;
 * `unlike` if they never did. Filters of different sizes are compared by what they are alone.
 * @param {State} state
 * @returns {Parting | null}
 */
export function partingOf(state) {
  const [a, b] = [state.frames, state.twin?.frames ?? []];
  if (known.a !== a || known.b !== b) known = { a, b, found: findParting(a, b) };
  return known.found;
}

/** @param {Frame[]} a @param {Frame[]} b @returns {Parting | null} */
function findParting(a, b) {
  /** @type {Parting | null} */
  let found = null;
  for (const frame of a) {
    const other = b[indexAt(b, frame.step)];
    if (other?.step !== frame.step) continue;
    if (!isAlike(frame, other)) return found ? { kind: "parted", step: found.step } : { kind: "unlike" };
    found = { kind: "alike", step: frame.step };
  }
  return found;
}

/**
 * How many times as large B's weights are as A's, by their root mean squares.
 * @param {Frame} a
 * @param {Frame} b
 */
export const sizeRatio = (a, b) => rootMeanSquare(b) / rootMeanSquare(a);

/** @param {Frame} frame */
function rootMeanSquare({ kernel }) {
  return Math.sqrt(kernel.weights.reduce((sum, weight) => sum + weight ** 2, 0) / kernel.weights.length);
}

/**
 * The last evaluation at or before `step`, or null.
 * @param {State} state
 * @param {number} step
 * @param {"accuracy" | "loss"} quantity
 */
export function evaluatedAt({ evaluations }, step, quantity) {
  const index = evaluations.step.findLastIndex((other) => other <= step);
  return index < 0 ? null : (evaluations[quantity][index] ?? null);
}

/** @type {{a: Frame[], b: Frame[], both: Frame[]}} */
let pooled = { a: [], b: [], both: [] };

/** All frames of both, for the one colour scale. @param {State} state */
export function allFrames(state) {
  const [a, b] = [state.frames, state.twin?.frames ?? []];
  if (pooled.a !== a || pooled.b !== b) pooled = { a, b, both: [...a, ...b] };
  return pooled.both;
}

/** Whether their filters are of other sizes or numbers. @param {Pair} pair */
export const haveOtherSizes = ({ a, b }) =>
  a.frames[0]?.kernel.shape.join() !== b.frames[0]?.kernel.shape.join();
