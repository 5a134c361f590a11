// @ts-check
// What the filters are: the share of each label over the steps, stacked, noise to oriented.

import { LABELS } from "../contract.js";
import { percent } from "../words/numbers.js";
import { along } from "./axis.js";
import { MARGIN, colour, layoutOf, nameAt, tokenOf } from "./theme.js";

/**
 * @typedef {import("../types.js").Frame} Frame
 * @typedef {{width: number, height: number, total: number}} Room
 */

/** A name needs this much of a band's height. */
const NAME_HEIGHT = 15;
const LETTER_WIDTH = 6.6;
/** Where along a name its band must be high enough. */
const PARTS = [-1, -0.6, -0.2, 0.2, 0.6, 1];

/** @param {Frame[]} frames @param {Room} room */
export function sharesChart(frames, room) {
  const judged = frames.filter((frame) => frame.verdicts);
  const present = LABELS.filter((label) => judged.some((frame) => countOf(frame, label)));
  const x = judged.map((frame) => along(frame.step));
  const data = present.map((label) => ({
    type: "scatter",
    mode: "lines",
    name: label,
    x,
    y: judged.map((frame) => shareOf(frame, label)),
    customdata: judged.map((frame) => frame.step),
    text: judged.map((frame) => (countOf(frame, label) ? `${countOf(frame, label)} ${label}` : "")),
    hoverinfo: "none",
    stackgroup: "labels",
    line: { width: 1.5, color: colour("surface") },
    fillcolor: colour(tokenOf(label)),
  }));
  const annotations = judged.length > 1 ? present.flatMap((label) => bandName(judged, label, room)) : [];
  const ticks = [0, 50, 100];
  return { data, layout: layoutOf({ ...room, top: 100, ticks, annotations }) };
}

/** In words, for those who don't see it. @param {Frame[]} frames */
export function sharesSummary(frames) {
  const last = frames.at(-1);
  if (!last?.verdicts) return "Share of filters by label over the steps; nothing is known yet.";
  const now = LABELS.filter((label) => countOf(last, label)).map(
    (label) => `${label} ${percent(shareOf(last, label) / 100)}`,
  );
  return `Share of filters by label, step 0 to ${last.step}. At step ${last.step}: ${now.join(", ")}.`;
}

/** @param {Frame} frame @param {string} label */
const countOf = (frame, label) => frame.verdicts?.counts[label] ?? 0;

/** @param {Frame} frame @param {string} label */
const shareOf = (frame, label) => (100 * countOf(frame, label)) / frame.kernel.shape[3];

/**
 * The label's name where its band is thickest, if it fits there.
 * @param {Frame[]} frames
 * @param {import("../contract.js").Label} label
 * @param {Room} room
 */
function bandName(frames, label, room) {
  const below = LABELS.slice(0, LABELS.indexOf(label));
  const perPoint = (room.height - MARGIN.t - MARGIN.b) / 100;
  const perX = (room.width - MARGIN.l - MARGIN.r) / along(Math.max(1, room.total));
  const half = (label.length * LETTER_WIDTH) / 2 + 4;
  const end = along(frames[frames.length - 1].step) * perX;
  let best = { room: 0, x: 0, y: 0 };
  for (const frame of frames) {
    const x = Math.max(half, Math.min(end - half, along(frame.step) * perX)) / perX;
    const places = PARTS.map((part) => x + (part * half) / perX);
    const floors = places.map((place) =>
      below.reduce((sum, other) => sum + shareAt(frames, other, place), 0),
    );
    const floor = Math.max(...floors);
    const roof = Math.min(...places.map((place, index) => floors[index] + shareAt(frames, label, place)));
    if (roof - floor > best.room) best = { room: roof - floor, x, y: (floor + roof) / 2 };
  }
  if (best.room * perPoint < NAME_HEIGHT || end < 2 * half) return [];
  return [nameAt(label, best.x, best.y, { color: colour(`on-${tokenOf(label)}`), weight: 600 })];
}

/**
 * The drawn share at `x`, straight between frames.
 * @param {Frame[]} frames
 * @param {string} label
 * @param {number} x
 */
function shareAt(frames, label, x) {
  const next = frames.findIndex((frame) => along(frame.step) >= x);
  if (next === 0) return shareOf(frames[0], label);
  if (next < 0) return shareOf(frames[frames.length - 1], label);
  const [from, to] = [frames[next - 1], frames[next]];
  const part = (x - along(from.step)) / (along(to.step) - along(from.step));
  return shareOf(from, label) + part * (shareOf(to, label) - shareOf(from, label));
}
