// @ts-check
// What a learner reads about the first numbers: who chose them, and why within this bound.

import { titleOf } from "../../state/watched.js";
import { UNKNOWN, whose } from "../../words/known.js";
import { fixed, grouped, inWords, placesFor } from "../../words/numbers.js";

/**
 * @typedef {import("./book.js").Answer} Answer
 * @typedef {import("./start.js").Start} Start
 */

/** @param {number} value */
export const said = (value) => fixed(value, placesFor(Math.abs(value)) + 2);

/** `×0.57`: how many times as large something comes out. @param {number} factor */
export function times(factor) {
  if (factor === 0) return "×0";
  return `×${factor < 0.095 ? Number(factor.toPrecision(1)) : fixed(factor, factor < 10 ? 2 : 0)}`;
}

/** Under the headline. @param {Start | null} start @param {Answer | null | undefined} answer */
export function underOf(start, answer) {
  if (!start) return "One moment: the first filters are being drawn.";
  const [height, width, channels, filters] = start.frame.kernel.shape;
  const count = height * width * channels * filters;
  const whose = `All ${grouped(count)} weights of these ${inWords(filters)} filters`;
  if (start.name === "zeros")
    return `${whose} begin at 0: nothing was drawn, and filters that begin alike can only stay alike.`;
  if (!answer) return `${whose} were drawn at random by ${start.name}.`;
  const bound = said(answer.bound);
  const lot = `${whose} were drawn at random before the first step, none farther from 0 than ${bound}`;
  return `${lot}. Nobody drew an edge. Seed ${start.seed} gives these very numbers every time.`;
}

/** Under the headline where nobody knows who drew them. @param {import("../../types.js").Run} run */
export function underWithout(run) {
  if (run.recipe) return underOf(null, null);
  return `${whose(run)} ${UNKNOWN.start} Below: what each rule would draw for filters of their shape.`;
}

/**
 * Under the headline of a network that somebody's own program trains, whose start is known.
 * @param {import("../../types.js").Run} run
 * @param {import("./fits.js").Fits} fits
 */
export const underFits = (run, { layer, sentence }) =>
  `${titleOf(run, layer)} of ${run.name}, before its first update. ${sentence}`;

/**
 * What is seen in the run's chart.
 * @param {Start} start
 * @param {{low: number, high: number, deviation: number}} found
 * @param {Answer} answer
 */
export function foundWords(start, found, answer) {
  const inside = Math.max(-found.low, found.high) <= answer.bound * 1.00001;
  if (start.stretched) {
    return (
      "This experiment brings every filter to length 1, so what was drawn is stretched, each filter a " +
      "little differently: the line is the rule stretched by the usual factor."
    );
  }
  return inside
    ? `Gray: the weights, counted. Line: what ${start.name} promises. No weight lies beyond the walls.`
    : `Gray: the weights, counted. Line: what ${start.name} promises. Some lie beyond the walls, so ` +
        "another rule drew these.";
}

/** Why the rule is as it is, a paragraph each. @param {string} name */
export function reasons(name) {
  const family = name.split("_")[0];
  const shape = name.endsWith("uniform")
    ? "Uniform: between −L and L every number is as likely as any other."
    : "Normal: small numbers are likelier than large ones, and beyond 2.27 σ the draw is cut off, so " +
      "that no weight is far from 0.";
  return [FAMILIES[family] ?? "", shape];
}

/** @type {Record<string, string>} */
const FAMILIES = {
  glorot:
    "Glorot and Bengio (2010) looked at both directions at once. A picture’s signal goes forward " +
    "through fan_in numbers, its correction back through fan_out. Both sizes can’t be kept, so the rule " +
    "keeps the mean of their squares at exactly 1.",
  he:
    "He and others (2015) took ReLU into account, which sets half of the sums to 0 and so halves " +
    "their mean square. Their rule draws with twice the variance, √2 times as far, to make up for it.",
  lecun:
    "LeCun and others (1998) kept the signal’s size on its way forward: sums of fan_in numbers come " +
    "out as large as what went in. The way back is ignored.",
};

/** What the signal does on its way. @param {number} fanIn @param {number} fanOut @param {number} deviation */
export const signal = (fanIn, fanOut, deviation) => ({
  forward: deviation * Math.sqrt(fanIn),
  back: deviation * Math.sqrt(fanOut),
});

/** What the missing square root would do. @param {Answer} answer */
export function wrongWords(answer) {
  const wrong = /** @type {number} */ (answer.wrongBound);
  const ratio = answer.bound / wrong;
  const { forward } = signal(answer.fan_in, answer.fan_out, answer.standard_deviation / ratio);
  const size = ratio >= 1 ? `${howMany(ratio)} times too small` : `${howMany(1 / ratio)} times too large`;
  const three =
    `After three such layers the signal would have ${ratio >= 1 ? "faded" : "changed"} to ` +
    `${times(forward ** 3)}`;
  const after =
    ratio >= 1.5
      ? ", and so would the corrections on their way back: hardly anything is left to learn from."
      : ".";
  return `Then no weight could lie beyond ${said(wrong)}: ${size} for this shape. ${three}${after}`;
}

/** @param {number} ratio */
const howMany = (ratio) => (ratio < 10 ? fixed(ratio, 1) : String(Math.round(ratio)));
