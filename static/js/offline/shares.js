// @ts-check
// The share of each label over the steps, stacked, noise to oriented; and how many there are now.

import { LABELS } from "../contract.js";
import { icon, make } from "../views/elements.js";
import { grid, placing, shape } from "./svg.js";

/** @typedef {import("../types.js").Frame} Frame */

/** @param {Frame[]} frames @param {{width: number, height: number, total: number}} room */
export function drawShares(frames, room) {
  const judged = frames.filter((frame) => frame.verdicts);
  const place = placing(room.width, room.height, room.total, 1);
  const group = shape(
    "g",
    {},
    grid(place, { ...room, ticks: [0, 0.5, 1], say: (value) => String(value * 100) }),
  );
  let floor = judged.map(() => 0);
  for (const label of LABELS) {
    const shares = judged.map((frame) => (frame.verdicts?.counts[label] ?? 0) / frame.kernel.shape[3]);
    if (!shares.some(Boolean)) continue;
    const roof = floor.map((below, index) => below + shares[index]);
    group.append(shape("path", { class: `band ${label}`, d: band(place, judged, floor, roof) }));
    floor = roof;
  }
  return group;
}

/**
 * @param {ReturnType<typeof placing>} place
 * @param {Frame[]} frames
 * @param {number[]} floor
 * @param {number[]} roof
 */
function band(place, frames, floor, roof) {
  const point = (/** @type {number} */ index, /** @type {number} */ value) =>
    `${place.x(frames[index].step).toFixed(1)} ${place.y(value).toFixed(1)}`;
  const there = roof.map((value, index) => point(index, value));
  const back = floor.map((value, index) => point(index, value)).reverse();
  return `M${[...there, ...back].join("L")}Z`;
}

/** @param {Frame | null} frame */
export function sharesKey(frame) {
  const counts = frame?.verdicts?.counts ?? {};
  return LABELS.filter((label) => counts[label]).map((label) =>
    make("span", {}, icon(`glyph-${label}`, "glyph"), ` ${counts[label]} ${label}`),
  );
}
