// @ts-check
// What a filter is, in words: for the eye in the facts, for the ear in each tile's name.

import { isOriented, orientedSince, nearDuplicates } from "../state/selectors.js";
import { fixed, percent, placesFor } from "./numbers.js";
import { stepNamed } from "./steps.js";

/** @type {Record<string, string>} */
export const COLOURS = { achromatic: "light and dark", opponent: "opposites", mixed: "mixed" };

/** One sentence each, shown by the “?” of that name. @type {Record<string, string>} */
export const HINTS = {
  labels:
    "Each filter is compared with ideal edges, lines, blobs and flat patches, and with 3,000 random " +
    "filters; what fits no better than those is noise.",
  answers: "Share of pictures classified correctly among ones it never trained on; guessing gives 10 %.",
  loss:
    "How surprised the network is by the right answer (cross-entropy); 0 would be certain and right, " +
    "guessing among ten gives 2.30.",
  noAnswers:
    "Nobody says what is in these pictures, so nothing is named, and there is no share of right " +
    "answers to measure.",
  rebuilding:
    "What is missing from the rebuilt patch (squared differences, summed over its pixels), plus λ " +
    "times the strength of all filters’ answers; λ is the sparsity.",
  score:
    "0 is noise, 1 is a perfect edge: how well an ideal edge or line fits, times how strictly the " +
    "filter keeps to one direction.",
  direction:
    "The direction in which the edge lies, counter-clockwise from the horizontal: the line one would " +
    "draw on it.",
  since: "From this step on, every snapshot gave the filter the same label.",
  waves: "The length of one wave of light and dark in the edge or line that fits best.",
  nearDuplicates:
    "Filters that differ only in strength or sign: the cosine between them is above .95 or below −.95.",
  colours: "“Opposites” reacts to changes of colour, not of brightness; “light and dark” does the reverse.",
  weights: "The smallest and the largest number in the filter.",
  added: "The smallest and the largest number that training added to the filter.",
  left:
    "How much of its random start is still in the filter: 100 % is all of it, more means that learning " +
    "went along with it. Never more than all of it is taken away here.",
  health:
    "Whether filters are dead (all but zero), alike, growing too fast or not finite; and where edges can " +
    "be told, how many see them.",
  length: "The root of the sum of a filter’s squared weights.",
  lengths:
    "How long the layer’s kernel is, the root of the sum of all its squared weights, and how far it has " +
    "moved from its first recorded numbers, relative to their length.",
  dead: "A dead filter’s weights have all but vanished: it answers nothing.",
  change: "How far the filter has moved from its start, relative to its length at the start.",
};

/**
 * A filter's label; where what was added is shown, one that has hardly moved isn't dead.
 * @param {import("../types.js").Frame} frame
 * @param {number} filter
 */
export function labelWord({ verdicts, left }, filter) {
  const label = verdicts?.label[filter];
  return label === "dead" && left ? "unmoved" : label;
}

/**
 * `filter 5, oriented edge at 87°, score .61`
 * @param {import("../types.js").Frame} frame
 * @param {number} filter
 */
export function spokenFilter(frame, filter) {
  const { verdicts } = frame;
  if (!verdicts) return `filter ${filter + 1}`;
  const label = verdicts.label[filter];
  const score = `score ${fixed(verdicts.score[filter]).replace(/^0/, "")}`;
  if (!isOriented(label)) return `filter ${filter + 1}, ${labelWord(frame, filter)}, ${score}`;
  const degrees = Math.round(verdicts.orientation_degrees[filter]) % 180;
  return `filter ${filter + 1}, oriented ${label} at ${degrees}°, ${score}`;
}

/**
 * The smallest and largest weight of a filter.
 * @param {import("../types.js").Kernel} kernel
 * @param {number} filter
 */
function weightRange({ weights, shape }, filter) {
  let low = Infinity;
  let high = -Infinity;
  for (let at = filter; at < weights.length; at += shape[3]) {
    if (weights[at] < low) low = weights[at];
    if (weights[at] > high) high = weights[at];
  }
  return { low, high };
}

/**
 * The length of a template's wave; of a plain gradient, only that it is longer than the filter.
 * @param {number | undefined} cyclesPerPixel
 * @param {import("../types.js").Kernel} kernel
 */
function waveOf(cyclesPerPixel, { shape }) {
  if (!cyclesPerPixel) return "";
  const pixels = 1 / cyclesPerPixel;
  return pixels > 10 * shape[0] ? "much longer than the filter" : `${pixels.toFixed(1)} pixels`;
}

/** @typedef {{name: string, hint: string, value: string}} Fact */

/** @param {import("../types.js").Frame} frame @param {number} filter @returns {Fact} */
function rangeFact({ kernel, left }, filter) {
  const { low, high } = weightRange(kernel, filter);
  const places = placesFor(Math.max(-low, high));
  const name = left ? "Added" : "Weights";
  return { name, hint: left ? "added" : "weights", value: `${fixed(low, places)} to ${fixed(high, places)}` };
}

/**
 * What only an edge or a line has.
 * @param {import("../types.js").Frame} frame
 * @param {number} filter
 * @param {import("../types.js").Verdicts} verdicts
 * @param {import("../types.js").Run | null} [run]
 * @returns {Fact[]}
 */
function orientedFacts(frame, filter, verdicts, run) {
  const label = verdicts.label[filter];
  if (!isOriented(label)) return [];
  const degrees = Math.round(verdicts.orientation_degrees[filter]) % 180;
  const facts = [{ name: "Direction", hint: "direction", value: `${degrees}°` }];
  const since = orientedSince(frame, filter);
  const name = label === "edge" ? "Edge since" : "Line since";
  if (since !== null) facts.push({ name, hint: "since", value: stepNamed(run, since) });
  const wave = waveOf(verdicts.cycles_per_pixel?.[filter], frame.kernel);
  if (wave) facts.push({ name: "Wavelength", hint: "waves", value: wave });
  return facts;
}

/**
 * @param {import("../types.js").Frame} frame
 * @param {number} filter
 * @param {import("../types.js").Run | null} [run]
 * @returns {Fact[]}
 */
export function factsOf(frame, filter, run) {
  const { verdicts, left } = frame;
  const range = rangeFact(frame, filter);
  const start = left ? [{ name: "Start left", hint: "left", value: percent(left[filter]) }] : [];
  if (!verdicts) return [...start, range];
  const score = { name: "Edge score", hint: "score", value: `${fixed(verdicts.score[filter])} of 1` };
  const facts = [score, ...orientedFacts(frame, filter, verdicts, run)];
  const others = nearDuplicates(frame, filter).map((other) => other + 1);
  if (others.length)
    facts.push({ name: "Nearly the same", hint: "nearDuplicates", value: `filter ${others.join(", ")}` });
  const colour = COLOURS[verdicts.colour?.[filter]];
  if (colour) facts.push({ name: "Colours", hint: "colours", value: colour });
  facts.push(...start, range);
  facts.push({
    name: "Change",
    hint: "change",
    value: `${Math.round((verdicts.change[filter] ?? 0) * 100)} %`,
  });
  return facts;
}
