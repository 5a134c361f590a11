// @ts-check
// What the tiles show: the filters themselves, or of a later layer what they look for, in pixels.

import { limitOf } from "../kernels/limit.js";
import { shownFrame, showsDifference } from "./added.js";
import { insertFrame } from "./frames.js";
import { knows } from "./known.js";
import { firstFrame, isDeep, isLive, judgedFrame, lastStep, sharedLimit } from "./selectors.js";

/**
 * @typedef {import("../types.js").State} State
 * @typedef {import("../types.js").Frame} Frame
 * @typedef {import("../types.js").Pictures} Pictures
 */

/** Numbers in the pictures that are kept: 16 megabytes. */
const MOST_NUMBERS = 2 ** 22;

/** Of a page that asks nobody there are none. @type {import("../types.js").Reducer} */
export function reducePictures(state, action) {
  switch (action.type) {
    case "pictures_promised":
      return { ...state, pictures: NONE };
    case "picture_told":
      return isShown(state, action) ? { ...state, ...withPicture(state, action) } : state;
    case "pictures_refused":
      return { ...state, pictures: { ...NONE, run: action.run, layer: action.layer, refused: true } };
  }
  return state;
}

/** @type {Pictures} */
const NONE = { run: "", layer: "", frames: [], shown: -1, refused: false };

/** @param {State} state @param {{run: string, layer: string}} of */
const isShown = ({ run, view }, of) => run?.id === of.run && view.layer === of.layer;

/** @param {State} state @param {import("./actions.js").PictureTold} told */
function withPicture(state, { run, layer, frame, picture }) {
  const kept = insertFrame(trimmed(picturesOf(state), picture), picture);
  const pictures = { run, layer, frames: kept, shown: picture.step, refused: false };
  const { deep } = state;
  if (deep?.layer !== layer || deep.failed) return { pictures };
  return { pictures, deep: { ...deep, frames: insertFrame(deep.frames, frame) } };
}

/** The first is kept, for it stands beside now. @param {Frame[]} frames @param {Frame} picture */
function trimmed(frames, picture) {
  const most = Math.max(2, Math.floor(MOST_NUMBERS / picture.kernel.weights.length));
  return frames.length < most ? frames : frames.toSpliced(1, 1);
}

/** Whether the tiles show a later layer in pixels. @param {State} state */
export function isExpanded(state) {
  const { pictures, run, view } = state;
  if (!pictures || !run || !isDeep(state) || !knows(state, "network")) return false;
  return !(pictures.refused && pictures.run === run.id && pictures.layer === view.layer);
}

/** Those known of the layer on the stage, by step. @param {State} state @returns {Frame[]} */
export function picturesOf({ pictures, run, view }) {
  return pictures && pictures.run === run?.id && pictures.layer === view.layer ? pictures.frames : [];
}

/**
 * At the step looked at; until it is there, the one shown before.
 * @param {State} state
 * @returns {Frame | null}
 */
export function currentPicture(state) {
  if (!isExpanded(state)) return shownFrame(state);
  const frames = picturesOf(state);
  const at = (/** @type {number | undefined} */ step) => frames.find((frame) => frame.step === step);
  const found = at(judgedFrame(state)?.step) ?? at(state.pictures?.shown) ?? null;
  return found && showsDifference(state) ? differenceOf(found, firstPicture(state)) : found;
}

/** @type {WeakMap<Frame, {first: Frame, made: Frame}>} */
const made = new WeakMap();

/** The picture now, less the picture before. @param {Frame} frame @param {Frame | null} first */
function differenceOf(frame, first) {
  if (!first) return null;
  const known = made.get(frame);
  if (known?.first === first) return known.made;
  const { shape, weights } = frame.kernel;
  const kernel = { shape, weights: weights.map((weight, at) => weight - first.kernel.weights[at]) };
  const found = { ...frame, kernel };
  made.set(frame, { first, made: found });
  return found;
}

/** @param {State} state @returns {Frame | null} */
export function firstPicture(state) {
  if (!isExpanded(state)) return firstFrame(state);
  const [first] = picturesOf(state);
  return first && first.step === state.frames[0]?.step ? first : null;
}

/** The limit of the one scale. @param {State} state */
export const pictureLimit = (state) => (isExpanded(state) ? limitOf(picturesOf(state)) : sharedLimit(state));

/** Of what a run told before, only the end is worth a picture. @param {State} state */
const isCaughtUp = (state) => isLive(state) || lastStep(state) >= (state.run?.step ?? 0);

/** The steps whose pictures are wanted and not there, the most wanted first. @param {State} state */
export function wantedPictures(state) {
  if (!isExpanded(state) || !isCaughtUp(state)) return [];
  const known = new Set(picturesOf(state).map(({ step }) => step));
  const wanted = [judgedFrame(state)?.step, state.frames[0]?.step];
  return wanted.flatMap((step) => (step === undefined || known.has(step) ? [] : [step]));
}
