// @ts-check
// Which part of a large layer the tiles show: a page of its filters, and the weightiest of their channels.

import { channelsOf, filtersFrom, weightiestChannels } from "../kernels/parts.js";
import { numberIn } from "./details.js";
import { currentFrame, shownFrames } from "./selectors.js";
import { isFromElsewhere } from "./watched.js";

/**
 * @typedef {import("../types.js").State} State
 * @typedef {import("../types.js").Frame} Frame
 * @typedef {{number: number, count: number, from: number, to: number, filters: number}} Page
 *   `number` of `count`, from 0; filters from `from` up to and without `to`
 */

/** More filters than this are shown in pages. */
const MOST_FILTERS = 256;
const PAGE = 128;
/** Of more channels than this those are shown that weigh most. */
const MOST_CHANNELS = 16;

/** The page of the filter that is chosen, or else the one turned to. @param {State} state @returns {Page} */
export function pageOf(state) {
  const filters = currentFrame(state)?.kernel.shape[3] ?? 0;
  if (filters <= MOST_FILTERS) return { number: 0, count: 1, from: 0, to: filters, filters };
  const count = Math.ceil(filters / PAGE);
  const { filter, details } = state.view;
  const turned = filter === null ? (numberIn(details.page) ?? 1) - 1 : Math.floor(filter / PAGE);
  const number = Math.max(0, Math.min(count - 1, turned));
  const from = number * PAGE;
  return { number, count, from, to: Math.min(filters, from + PAGE), filters };
}

/** @type {WeakMap<Frame, {from: number, few: Frame}>} */
const few = new WeakMap();

/**
 * So many filters of a frame as can be told apart where there is no pager: those beside the one chosen.
 * @param {Frame} frame
 * @param {number | null} filter
 * @returns {Frame}
 */
export function fewOf(frame, filter) {
  const count = frame.kernel.shape[3];
  if (count <= MOST_FILTERS) return frame;
  const from = Math.floor(Math.max(0, Math.min(count - 1, filter ?? 0)) / PAGE) * PAGE;
  const known = few.get(frame);
  if (known?.from === from) return known.few;
  const made = { ...frame, kernel: filtersFrom(frame.kernel, from, Math.min(PAGE, count - from)), from };
  few.set(frame, { from, few: made });
  return made;
}

/** @type {WeakMap<Frame, {key: string, part: Frame}>} */
const parts = new WeakMap();

/**
 * The part of a frame that the tiles show; most frames as they are.
 * @param {State} state
 * @param {Frame | null} frame  on the stage
 * @returns {Frame | null}
 */
export function partOf(state, frame) {
  if (!frame) return null;
  const page = pageOf(state);
  const channels = isFromElsewhere(state) ? weightiest(shownFrames(state).at(-1), frame) : null;
  if (page.count === 1 && !channels) return frame;
  const key = `${page.from}/${channels}`;
  const known = parts.get(frame);
  if (known?.key === key) return known.part;
  const part = cut(frame, page, channels);
  parts.set(frame, { key, part });
  return part;
}

/** @param {Frame} frame @param {Page} page @param {number[] | null} channels @returns {Frame} */
function cut(frame, page, channels) {
  const all = frame.kernel.shape[2];
  const filters = page.count > 1 ? filtersFrom(frame.kernel, page.from, page.to - page.from) : frame.kernel;
  const kernel = channels ? channelsOf(filters, channels) : filters;
  return {
    ...frame,
    kernel,
    from: page.from,
    ...(channels && { channels: { shown: channels.length, all } }),
  };
}

/** @type {WeakMap<Frame, number[]>} */
const heavy = new WeakMap();

/**
 * The same for all frames of a layer: those of the newest.
 * @param {Frame | undefined} newest
 * @param {Frame} frame
 */
function weightiest(newest, frame) {
  const channels = frame.kernel.shape[2];
  if (channels <= MOST_CHANNELS || newest?.kernel.shape[2] !== channels) return null;
  const found = heavy.get(newest) ?? weightiestChannels(newest.kernel, MOST_CHANNELS);
  heavy.set(newest, found);
  return found;
}
