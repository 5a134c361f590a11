// @ts-check
// What training added to the filters, where the page shows the difference: the picture is worked out
// here, the verdicts on it come from the server.

import { VERDICTS } from "../contract.js";
import { addedSince } from "../kernels/added.js";
import { currentFrame, firstFrame, isDeep, judgedFrame } from "./selectors.js";

/**
 * @typedef {import("../types.js").State} State
 * @typedef {import("../types.js").Frame} Frame
 * @typedef {import("../types.js").AddedVerdicts} AddedVerdicts
 * @typedef {import("../net/answers.js").AddedAnswer} AddedAnswer
 */

/** So rarely chance may do as much where the page says that edges were learned. */
const RARE = 0.01;

/** @type {import("../types.js").Reducer} */
export function reduceAdded(state, action) {
  if (action.type === "added_failed" && state.run?.id === action.run)
    return { ...state, added: { ...state.added, failed: true } };
  if (action.type !== "added_loaded" || state.run?.id !== action.run) return state;
  const { added } = action;
  const of = new Map(state.added.of);
  added.steps.forEach((step, place) => of.set(step, verdictsAt(added, place)));
  const upTo = Math.max(state.added.upTo, added.steps.at(-1) ?? -1);
  return { ...state, added: { of, upTo, failed: false, chance: added.chance } };
}

/** @param {AddedAnswer} added @param {number} place @returns {AddedVerdicts | null} */
function verdictsAt(added, place) {
  if (!added.label || !added.likelihood) return null;
  const told = /** @type {Record<string, unknown[] | undefined>} */ (/** @type {unknown} */ (added));
  const verdicts = Object.fromEntries(VERDICTS.map((name) => [name, told[name]?.[place]]));
  return /** @type {AddedVerdicts} */ (
    /** @type {unknown} */ ({ ...verdicts, near_duplicates: [], likelihood: added.likelihood[place] })
  );
}

/** @param {State} state */
export const showsDifference = ({ view }) => view.mode === "difference";

/** Whether what is said is about it; a file that was taken home has no judge. @param {State} state */
export const judgesDifference = (state) => showsDifference(state) && !state.added.failed;

/** The frame as the tiles show it: the filters, or what was added to them. @param {State} state */
export function shownFrame(state) {
  return asShown(state, currentFrame(state), isDeep(state));
}

/** The frame of the judged layer as it is shown, at the step looked at. @param {State} state */
export const judgedShown = (state) =>
  judgesDifference(state) ? asShown(state, judgedFrame(state), false) : judgedFrame(state);

/** @param {State} state @param {Frame | null} frame @param {boolean} deep @returns {Frame | null} */
function asShown(state, frame, deep) {
  const first = deep ? firstFrame(state) : (state.frames[0] ?? firstFrame(state));
  if (!frame || !first || !showsDifference(state)) return frame;
  return differenceOf(frame, first, deep ? null : addedAt(state, frame));
}

/** What is said of what was added up to a frame. @param {State} state @param {Frame} frame */
export const addedAt = (state, { step }) => state.added.of.get(step) ?? null;

/** @type {WeakMap<Frame, {first: Frame, verdicts: AddedVerdicts | null, made: Frame}>} */
const made = new WeakMap();

/** @param {Frame} frame @param {Frame} first @param {AddedVerdicts | null} verdicts @returns {Frame} */
function differenceOf(frame, first, verdicts) {
  const known = made.get(frame);
  if (known?.first === first && known.verdicts === verdicts) return known.made;
  const { weights, left } = addedSince(first.kernel, frame.kernel);
  const change = frame.verdicts?.change ?? [];
  const found = {
    ...frame,
    kernel: { shape: frame.kernel.shape, weights },
    left,
    verdicts: verdicts && { ...verdicts, change },
  };
  made.set(frame, { first, verdicts, made: found });
  return found;
}

/** @type {WeakMap<Frame[], {of: State["added"]["of"], judged: Frame[]}>} */
const lists = new WeakMap();

/** All frames of the judged layer, with the verdicts on what is shown. @param {State} state */
export function judgedFrames(state) {
  const { frames, added } = state;
  if (!judgesDifference(state)) return frames;
  const known = lists.get(frames);
  if (known?.of === added.of) return known.judged;
  const judged = frames.map((frame) => ({ ...frame, verdicts: addedAt(state, frame) }));
  lists.set(frames, { of: added.of, judged });
  return judged;
}

/** Whether more filters were oriented than chance does. @param {AddedVerdicts | null} verdicts */
export const beyondChance = (verdicts) => verdicts !== null && verdicts.likelihood < RARE;

/** What is left of the start in a filter, on average, as far as it is taken away. @param {Frame} frame */
export const meanLeft = ({ left }) =>
  left ? left.reduce((sum, share) => sum + Math.min(share, 1), 0) / left.length : 1;
