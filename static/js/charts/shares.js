// @ts-check
// What the filters are: the share of each label over the steps, stacked, noise to oriented.

import { LABEL_TOKENS, LABELS } from "../contract.js";
import { percent } from "../words/numbers.js";
import { stepNamed } from "../words/steps.js";
import { PERCENT } from "./ticks.js";

/**
 * @typedef {import("../types.js").Frame} Frame
 * @typedef {import("../contract.js").Label} Label
 * @typedef {import("./axes.js").Axes} Axes
 * @typedef {import("./drawing.js").Band} Band
 * @typedef {import("./drawing.js").Words} Words
 */

/** A name needs this much of a band's height. */
const NAME_HEIGHT = 15;
const LETTER_WIDTH = 6.6;
/** Where along a name its band must be high enough. */
const PARTS = [-1, -0.6, -0.2, 0.2, 0.6, 1];

/** @param {Frame[]} frames @param {number} total @returns {import("./drawing.js").Chart} */
export function sharesChart(frames, total) {
  const judged = frames.filter((frame) => frame.verdicts);
  const bands = bandsOf(judged);
  const names = (/** @type {Axes} */ axes) =>
    judged.length > 1 ? bands.map((band) => bandName(axes, band)) : [];
  return { total, top: 1, ticks: PERCENT, bands, names };
}

/**
 * In words, for those who don't see it.
 * @param {Frame[]} frames @param {import("../types.js").Run | null} [run]
 */
export function sharesSummary(frames, run) {
  const last = frames.at(-1);
  if (!last?.verdicts) return "Share of filters by label over the steps; nothing is known yet.";
  const now = LABELS.filter((label) => countOf(last, label)).map(
    (label) => `${label} ${percent(shareOf(last, label))}`,
  );
  const at = stepNamed(run, last.step);
  return `Share of filters by label, up to ${at}. At ${at}: ${now.join(", ")}.`;
}

/** Those of the labels that occur, from the bottom up. @param {Frame[]} judged @returns {Band[]} */
function bandsOf(judged) {
  const step = judged.map((frame) => frame.step);
  let floor = judged.map(() => 0);
  return LABELS.filter((label) => judged.some((frame) => countOf(frame, label))).map((label) => {
    const below = floor;
    const roof = judged.map((frame, index) => below[index] + shareOf(frame, label));
    const say = (/** @type {number} */ index) =>
      countOf(judged[index], label) ? `${countOf(judged[index], label)} ${label}` : "";
    floor = roof;
    return { name: `band ${label}`, step, floor: below, roof, paint: LABEL_TOKENS[label], say };
  });
}

/** @param {Frame} frame @param {Label} label */
const countOf = (frame, label) => frame.verdicts?.counts[label] ?? 0;

/** @param {Frame} frame @param {Label} label */
const shareOf = (frame, label) => countOf(frame, label) / frame.kernel.shape[3];

/**
 * The label's name where its band is thickest, if it fits there.
 * @param {Axes} axes
 * @param {Band} band
 * @returns {Words[]}
 */
function bandName(axes, { name, step, floor, roof, paint }) {
  const label = name.replace("band ", "");
  const half = ((label.length * LETTER_WIDTH) / 2 + 4) * axes.unit;
  const [low, high] = [axes.x(step[0]) + half, axes.x(step[step.length - 1]) - half];
  if (high < low) return [];
  const xs = step.map((at) => axes.x(at));
  let best = { room: 0, x: 0, y: 0 };
  for (const place of xs) {
    const x = Math.max(low, Math.min(high, place));
    const places = PARTS.map((part) => x + part * half);
    const bottom = Math.max(...places.map((at) => heightAt(xs, floor, at)));
    const top = Math.min(...places.map((at) => heightAt(xs, roof, at)));
    if (top - bottom > best.room) best = { room: top - bottom, x, y: (bottom + top) / 2 };
  }
  if (axes.y(0) - axes.y(best.room) < NAME_HEIGHT * axes.unit) return [];
  const look = { anchor: /** @type {const} */ ("middle"), paint: `on-${paint}`, weight: 600 };
  return [axes.write(best.x, axes.y(best.y) + 4 * axes.unit, label, look)];
}

/**
 * The drawn value at `x`, straight between points.
 * @param {number[]} xs @param {number[]} values @param {number} x
 */
function heightAt(xs, values, x) {
  const next = xs.findIndex((place) => place >= x);
  if (next === 0) return values[0];
  if (next < 0) return values[values.length - 1];
  const part = (x - xs[next - 1]) / (xs[next] - xs[next - 1]);
  return values[next - 1] + part * (values[next] - values[next - 1]);
}
