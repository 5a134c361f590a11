// @ts-check
// What follows from the state.

import { limitOf } from "../kernels/limit.js";
import { isChanged } from "./chosen.js";
import { indexAt } from "./frames.js";
import { LIVE_STATUSES, ORIENTED_LABELS } from "../contract.js";
import { streamedLayer } from "./run.js";

/**
 * @typedef {import("../types.js").State} State
 * @typedef {import("../types.js").Frame} Frame
 */

/** The key of a choice's preview. @param {import("../types.js").Choice} choice */
export const choiceKey = (choice) =>
  `${choice.preset}/${choice.spoil}${isChanged(choice) ? JSON.stringify(choice.changes) : ""}`;

/** @param {State} state @returns {Frame | null} */
export function previewFrame(state) {
  const fits = state.preview?.key === choiceKey(state.choice);
  if (state.run && !state.run.preset) return null;
  return fits ? (state.preview?.frame ?? null) : null;
}

/** The frames on the stage: of the streamed layer, or of the one chosen. @param {State} state */
export function shownFrames(state) {
  if (isDeep(state)) return state.deep?.layer === state.view.layer ? state.deep.frames : [];
  return state.frames;
}

/** @param {State} state */
export const isDeep = (state) => state.view.layer !== null && state.view.layer !== streamedLayer(state);

/** @param {State} state */
export const frameCount = (state) => shownFrames(state).length;

/** @param {State} state @returns {Frame | null} */
export function firstFrame(state) {
  return shownFrames(state)[0] ?? (isDeep(state) ? null : previewFrame(state));
}

/** The frame the viewer looks at. @param {State} state @returns {Frame | null} */
export function currentFrame(state) {
  const frames = shownFrames(state);
  if (!frames.length) return firstFrame(state);
  if (state.view.step === null) return frames[frames.length - 1];
  return frames[Math.max(0, indexAt(frames, state.view.step))];
}

/** The frame of the judged layer at the step looked at. @param {State} state */
export function judgedFrame(state) {
  const { frames, view } = state;
  if (!frames.length) return previewFrame(state);
  return view.step === null ? frames[frames.length - 1] : frames[Math.max(0, indexAt(frames, view.step))];
}

/** @param {State} state */
export const lastStep = (state) => state.frames.at(-1)?.step ?? 0;

/** How far the playhead is. @param {State} state */
export const playhead = (state) => state.view.step ?? newestStep(state);

/**
 * Where live is: of a pair of which the second still trains, as far as both have come.
 * @param {State} state
 */
function newestStep(state) {
  const { twin, view } = state;
  const both = view.scene === "twins" && twin !== null && twin.frames.length > 0 && isLive(twin);
  return both ? Math.min(lastStep(state), lastStep(twin)) : lastStep(state);
}

/** @param {State} state */
export function totalSteps(state) {
  if (state.run) return state.run.total_steps ?? Math.max(state.run.step, lastStep(state));
  if (isChanged(state.choice) && state.preview?.key === choiceKey(state.choice)) return state.preview.total;
  const chosen = state.presets?.find((preset) => preset.name === state.choice.preset);
  return chosen?.total_steps ?? 0;
}

/** Whether its run has an end, good or bad. @param {State} state */
export const hasEnded = (state) => state.run !== null && !isLive(state) && state.run.status !== "interrupted";

/** Whether its run trains, waits or pauses. @param {State} state */
export const isLive = (state) => state.run !== null && LIVE_STATUSES.has(state.run.status);

/** @param {State} state */
export const looksBack = (state) => state.view.step !== null;

/** Whether the film moves: dragged through, or replayed. @param {Pick<State, "view">} state */
export const isMoving = ({ view }) => view.held || view.replaying;

/** The limit of the one scale. @param {State} state */
export function sharedLimit(state) {
  const frames = shownFrames(state);
  const first = firstFrame(state);
  return frames.length || !first ? limitOf(frames) : limitOf(listOf(first));
}

/** @type {WeakMap<Frame, Frame[]>} */
const lists = new WeakMap();

/** @param {Frame} frame */
function listOf(frame) {
  const kept = lists.get(frame) ?? [frame];
  lists.set(frame, kept);
  return kept;
}

/** @param {Frame | null} frame */
export function orientedCount(frame) {
  return orientedIn(frame?.verdicts?.counts ?? {});
}

/** @param {Record<string, number>} counts  of filters by label */
export const orientedIn = (counts) => (counts.edge ?? 0) + (counts.line ?? 0);

/** `14 of 16`: how many filters see edges or lines. @param {Record<string, number>} counts  by label */
export const orientedAmong = (counts) =>
  `${orientedIn(counts)} of ${Object.values(counts).reduce((sum, count) => sum + count, 0)}`;

/** The same of a frame. @param {Frame | null | undefined} frame */
export const orientedOf = (frame) => orientedAmong(frame?.verdicts?.counts ?? {});

/** @param {string | undefined} label */
export const isOriented = (label) => ORIENTED_LABELS.has(label ?? "");

/**
 * The step since which `filter` has been the edge or the line that it is in `frame`, or null.
 * @param {Frame} frame
 * @param {number} filter
 */
export function orientedSince({ verdicts }, filter) {
  return isOriented(verdicts?.label[filter]) ? (verdicts?.since?.[filter] ?? null) : null;
}

/**
 * The filters that do the same as `filter` but for scale and sign.
 * @param {Frame} frame
 * @param {number} filter
 */
export function nearDuplicates({ verdicts }, filter) {
  const pairs = verdicts?.near_duplicates ?? [];
  return pairs.flatMap(([one, other]) => (one === filter ? [other] : other === filter ? [one] : []));
}

/** Of 3×3 kernels chance itself calls some an edge: up to one of so many is no news. */
const SMALL = 3;
const PER_CHANCE = 16;

/** How many oriented filters chance may give at frame 0. @param {Frame | null} first */
export function chanceCount(first) {
  const [size, , , count] = first?.kernel.shape ?? [0, 0, 0, 0];
  return size <= SMALL ? Math.floor(count / PER_CHANCE) : 0;
}
