// @ts-check
// What is said of what filters are worth.

import { fixed, grouped, signed } from "../../words/numbers.js";
import { filtersListed, offWords, switchedTitle } from "../../words/switched.js";
import { correlation } from "./correlation.js";
import { holdsInRedraws } from "./redrawn.js";

/**
 * @typedef {import("../../net/answers.js").AblationAnswer} Ablation
 * @typedef {import("../../net/answers.js").AblatedFilter} AblatedFilter
 * @typedef {import("../../state/switched.js").Switched} Switched
 * @typedef {import("../../types.js").Verdicts} Verdicts
 * @typedef {{accuracy: number, per_class: (number | null)[]}} Outcome
 * @typedef {{names: string[], before: Outcome, after: Outcome}} Compared
 */

const FEWEST_TO_COMPARE = 5;
/** Of what costs differ by: if the edge score tells less of it than that, whichever of such pictures
 *  are tried, it is another thing. */
const HALF = 0.5;
const MUCH = 0.05; // of a class's right answers

/** @param {Ablation | null} worth @param {boolean} isFollowed */
export function worthWords(worth, isFollowed) {
  if (!worth)
    return isFollowed ? "Told once it has trained, or at a step before." : "Trying it without each filter …";
  const tried = `${grouped(worth.images)} test pictures`;
  return `Points of 100 right answers that are lost when it alone is switched off, on ${tried}.`;
}

/** In points of 100, less is lost. @param {AblatedFilter} filter */
export const dropWords = ({ drop }) => signed(-100 * drop, 1);

/** @param {AblatedFilter} filter */
export const spreadWords = ({ low, high }) => `${signed(-100 * high, 1)} to ${signed(-100 * low, 1)}`;

/** From 0, those without which it gets no worse, as far as these pictures tell. @param {Ablation} worth */
export const spareOf = ({ filters }) =>
  filters
    .filter(({ low }) => low <= 0)
    .map(({ filter }) => filter)
    .sort((one, other) => one - other);

/** @param {number[]} spare */
export function spareWords(spare) {
  if (!spare.length) return "Without any one of them it gets worse.";
  return `Without ${filtersListed(spare, "or")} alone it gets no worse, as far as these pictures can tell.`;
}

/** @param {Switched | null} switched @param {number} filter  the chosen one */
export const titleWords = (switched, filter) => (switched ? switchedTitle(switched) : `Filter ${filter + 1}`);

/** The claim while filters are switched. @param {Switched} switched @param {Compared | null} outcome */
export function offTitle(switched, outcome) {
  const right = (/** @type {Outcome} */ { accuracy }) => `${fixed(100 * accuracy, 1)} %`;
  const told = outcome && `: ${right(outcome.after)} right instead of ${right(outcome.before)}`;
  return `${offWords(switched)}${told ?? ""}.`;
}

/** @param {Switched | null} switched */
export const switchedWords = (switched) =>
  switched ? "right answers of a copy; the run stays as it is" : "right answers, if it were off: it is on";

/** @param {Compared} outcome */
export const figureOf = ({ before, after }) =>
  `${fixed(100 * before.accuracy, 1)} → ${fixed(100 * after.accuracy, 1)} %`;

/**
 * The classes that lose most, and how an oriented filter runs.
 * @param {Compared} outcome
 * @param {string | undefined} label
 * @param {number} degrees
 */
export function costsWords({ names, before, after }, label, degrees) {
  const losses = names
    .map((name, at) => ({ name, lost: (before.per_class[at] ?? 0) - (after.per_class[at] ?? 0) }))
    .filter(({ lost }) => lost > MUCH)
    .sort((one, other) => other.lost - one.lost)
    .slice(0, 2)
    .map(({ name, lost }) => `“${name}” (${signed(-100 * lost, 0)})`);
  if (!losses.length) return "No class loses more than 5 points.";
  const runs = label === "edge" || label === "line" ? ` The filter itself runs at ${angle(degrees)}.` : "";
  return `It loses most of ${losses.join(" and ")}.${runs}`;
}

/** @param {number} degrees */
const angle = (degrees) => `${Math.round(degrees) % 180}°`;

/**
 * Whether edge scores tell less of what costs differ by than that, and less than lengths do.
 * @param {number[]} costs
 * @param {number[]} scores
 * @param {number[]} lengths
 */
function tellsLess(costs, scores, lengths) {
  const [byScore, byLength] = [correlation(costs, scores) ?? 0, correlation(costs, lengths) ?? 0];
  return byScore ** 2 < HALF && byScore < byLength;
}

/**
 * What a filter's cost goes with in this run: its length or its edge score.
 * @param {Ablation} worth
 * @param {ArrayLike<number>} lengths  of all filters
 * @param {Pick<Verdicts, "score"> | null} verdicts
 */
export function goesWithWords({ filters }, lengths, verdicts) {
  if (filters.length < FEWEST_TO_COMPARE) return "";
  const costs = filters.map(({ drop }) => drop);
  const inOrder = (/** @type {ArrayLike<number>} */ values) => filters.map(({ filter }) => values[filter]);
  const [sizes, scores] = [inOrder(lengths), verdicts ? inOrder(verdicts.score) : []];
  const [byLength, byScore] = [correlation(costs, sizes), verdicts && correlation(costs, scores)];
  if (byLength === null) return "";
  const told = `Here a filter’s cost goes with its length by r = ${fixed(byLength)}`;
  if (byScore === null) return `${told}.`;
  const both = `${told}, with its edge score by r = ${fixed(byScore)}.`;
  const isAnother = holdsInRedraws(filters, (redrawn) => tellsLess(redrawn, scores, sizes));
  return isAnother ? `${both} Looking like an edge and mattering are two things.` : both;
}
