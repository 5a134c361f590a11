// @ts-check
// What is said of mistakes, and of what filters are worth.

import { fixed, grouped, percent, signed } from "../../words/numbers.js";
import { stepNamed } from "../../words/steps.js";

/**
 * @typedef {import("../../net/answers.js").MistakesAnswer} Mistakes
 * @typedef {import("../../net/answers.js").AblationAnswer} Ablation
 * @typedef {import("../../net/answers.js").AblatedFilter} AblatedFilter
 * @typedef {import("../../types.js").Verdicts} Verdicts
 */

const FEWEST_TO_COMPARE = 5;
/** Of what costs differ by: if the edge score tells less of it than that, it is another thing. */
const HALF = 0.5;

/** @param {Mistakes} mistakes */
export function countWords({ wrong, tried, step }) {
  const part = wrong / Math.max(1, tried);
  const share = part > 0 && part < 0.01 ? "under 1 %" : percent(part);
  const count = `${grouped(wrong)} of ${grouped(tried)} test pictures are wrong`;
  return `After ${grouped(step)} steps, ${count} (${share}).`;
}

/**
 * The largest numbers beside the diagonal, in order.
 * @param {number[][]} confusion
 * @param {number} most
 */
export const largestMistakes = (confusion, most) =>
  confusion
    .flatMap((row, label) =>
      row.map((count, taken) => ({ label, taken, count: label === taken ? 0 : count })),
    )
    .filter(({ count }) => count)
    .sort((one, other) => other.count - one.count)
    .slice(0, most);

/** Which class is most often taken for which. @param {Mistakes} mistakes */
export function mostWords({ confusion, class_names }) {
  const pairs = largestMistakes(confusion, 3);
  if (!pairs.length) return "It takes none of them for something else.";
  const told = pairs.map(
    ({ label, taken, count }) => `${class_names[label]} for ${class_names[taken]} (${grouped(count)})`,
  );
  return `Most often: ${told.join(", ")}.`;
}

/** @param {Mistakes} mistakes @param {number} at @param {import("../../types.js").Run | null} [run] */
export function takenWords({ class_names, taken_for, probability, since }, at, run) {
  const taken = `taken for ${class_names[taken_for[at]]}, ${percent(probability[at])}`;
  return since ? `${taken}, since ${stepNamed(run, since[at])}` : taken;
}

/**
 * `discs, warm, called discs, natural`.
 * @param {string[]} names
 * @param {number} label
 * @param {number} taken
 */
export const calledWords = (names, label, taken) => `${names[label]}, called ${names[taken]}`;

/** Their last words, where those tell them apart. @param {string[]} names */
export function shortNames(names) {
  const last = names.map((name) => name.trim().split(/\s+/).at(-1) ?? name);
  return new Set(last).size === names.length ? last : names;
}

/** @param {Ablation | null} worth @param {boolean} isLive */
export function worthWords(worth, isLive) {
  if (!worth)
    return isLive ? "Told once it has trained, or at a step before." : "Trying it without each filter …";
  const tried = `${grouped(worth.images)} test pictures`;
  return `Points of 100 right answers that are lost when it alone is switched off, on ${tried}.`;
}

/** In points of 100, less is lost. @param {AblatedFilter} filter */
export const dropWords = ({ drop }) => signed(-100 * drop, 1);

/** @param {AblatedFilter} filter */
export const spreadWords = ({ low, high }) => `${signed(-100 * high, 1)} to ${signed(-100 * low, 1)}`;

/** Without which it gets no worse, as far as these pictures tell. @param {Ablation} worth */
export function spareWords({ filters }) {
  const spare = filters.filter(({ low }) => low <= 0).map(({ filter }) => String(filter + 1));
  if (!spare.length) return "Without any one of them it gets worse.";
  const named = spare.length > 1 ? `${spare.slice(0, -1).join(", ")} or ${spare.at(-1)}` : spare[0];
  return `Without ${named} alone it gets no worse, as far as these pictures can tell.`;
}

/**
 * What a filter's cost goes with in this run: its length or its edge score.
 * @param {Ablation} worth
 * @param {number[]} lengths  of all filters
 * @param {Verdicts | null} verdicts
 */
export function goesWithWords({ filters }, lengths, verdicts) {
  if (!verdicts || filters.length < FEWEST_TO_COMPARE) return "";
  const costs = filters.map(({ drop }) => drop);
  const of = (/** @type {ArrayLike<number>} */ values) => filters.map(({ filter }) => values[filter]);
  const [length, score] = [correlation(costs, of(lengths)), correlation(costs, of(verdicts.score))];
  if (length === null || score === null) return "";
  const [byLength, byScore] = [length, score].map((value) => `r = ${fixed(value)}`);
  const told = `Here a filter’s cost goes with its length by ${byLength}, with its edge score by ${byScore}.`;
  return score ** 2 < HALF ? `${told} Looking like an edge and mattering are two things.` : told;
}

/**
 * Pearson’s r; null where either doesn’t vary.
 * @param {number[]} one
 * @param {number[]} other
 */
export function correlation(one, other) {
  const mean = (/** @type {number[]} */ values) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const [ofOne, ofOther] = [mean(one), mean(other)];
  const sum = (/** @type {(at: number) => number} */ product) =>
    one.reduce((total, _, at) => total + product(at), 0);
  const both = sum((at) => (one[at] - ofOne) * (other[at] - ofOther));
  const spread = Math.sqrt(sum((at) => (one[at] - ofOne) ** 2) * sum((at) => (other[at] - ofOther) ** 2));
  return spread > 0 && Number.isFinite(spread) ? both / spread : null;
}
