// @ts-check
// What a trial says: what its button would do, what came of it, and what that doesn't prove.

import { capital, fixed, grouped, inWords } from "../../words/numbers.js";

/**
 * @typedef {import("./trial_ways.js").Way} Way
 * @typedef {Partial<Record<Way, number[]>>} Answers  shares of right answers, a seed each
 */

/** From so many seeds on chance passes for a difference once in twenty times, or less often. */
const FEWEST_SEEDS = 3;

/** @type {Record<Way, string>} */
export const TITLES = { learned: "Learned", frozen: "Yours", free: "Yours", random: "Random" };
/** @type {Record<Way, string>} */
export const ASIDES = { learned: "", frozen: "frozen", free: "free to learn", random: "frozen" };

/** @type {Way[]} */
const OWN = ["frozen", "free"];

/** @param {number} share */
export const points = (share) => `${fixed(100 * share, 1)} %`;

/** @param {number[]} values */
export const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** @param {number[]} values */
const width = (values) => Math.max(...values) - Math.min(...values);

/**
 * Whether two means are further apart than the seeds of either are from each other.
 * @param {number[]} one
 * @param {number[]} other
 */
export const isBeyondSeeds = (one, other) =>
  Math.abs(mean(one) - mean(other)) > Math.max(width(one), width(other));

/**
 * What the button does.
 * @param {{filled: number, count: number, missing: number, seeds: number, yours: boolean}} plan  `missing`
 *   runs of this many seeds aren't there yet, one's own filters' among them or not
 */
export function trainWords({ filled, count, missing, seeds, yours }) {
  if (!filled) return "Train with your filters";
  if (!missing) return "Train one more seed";
  if (!yours) return "Train what they are compared with";
  const rest = count - filled;
  const which = rest ? `${filled} and ${rest} random ${rest === 1 ? "one" : "ones"}` : `these ${count}`;
  return `Train with ${which}${seeds > 1 ? `, ${inWords(seeds)} seeds` : ""}`;
}

/**
 * What came of it, in sentences; nothing before every way has an end.
 * @param {Answers} answers
 * @returns {string[]}
 */
export function verdictOf(answers) {
  const { learned, random } = answers;
  const own = OWN.filter((way) => answers[way]?.length);
  if (!learned?.length || !random?.length || !own.length) return [];
  const seedsOf = (/** @type {Way} */ way) =>
    Math.min(learned.length, random.length, answers[way]?.length ?? 0);
  const most = Math.max(...own.map(seedsOf));
  if (most < FEWEST_SEEDS) return [tooFew(most)];
  return own
    .filter((way) => seedsOf(way) >= FEWEST_SEEDS)
    .flatMap((way) => {
      const mine = /** @type {number[]} */ (answers[way]);
      const name = `Yours${own.length > 1 ? `, ${ASIDES[way]},` : ""}`;
      return [
        `${name} ${beside(mine, learned)} learned ones${reason(mine, learned, seedsOf(way))}.`,
        `Beside random ones they ${besideRandom(mine, random)}${reason(mine, random, seedsOf(way))}.`,
      ];
    });
}

/** @param {number} seeds  one or two */
function tooFew(seeds) {
  const told = seeds === 1 ? "One seed" : "Two seeds";
  const more = capital(inWords(FEWEST_SEEDS - seeds));
  return `${told} can’t tell this from chance: another seed moves each bar. ${more} more would say.`;
}

/** @param {number[]} mine @param {number[]} other */
function beside(mine, other) {
  if (!isBeyondSeeds(mine, other)) return "do as well as";
  return mean(mine) > mean(other) ? "do better than" : "do worse than";
}

/** @param {number[]} mine @param {number[]} random */
function besideRandom(mine, random) {
  if (!isBeyondSeeds(mine, random)) return "make no difference";
  return mean(mine) > mean(random) ? "do better" : "do worse";
}

/** @param {number[]} mine @param {number[]} other @param {number} seeds */
function reason(mine, other, seeds) {
  const apart = `${fixed(100 * Math.abs(mean(mine) - mean(other)), 1)} points`;
  return isBeyondSeeds(mine, other)
    ? ` by ${apart}, more than ${inWords(seeds)} seeds differ`
    : `, as far as ${inWords(seeds)} seeds can tell: ${apart} lie within what they differ by`;
}

/** @param {{step: number, guess: number, live: boolean}} told  step: the last one */
export function captionOf({ step, guess, live }) {
  const when = live ? "so far" : `step ${grouped(step)}`;
  return `Right on new pictures, ${when}; guessing gives ${Math.round(100 * guess)} %.`;
}

/** How far the seeds lie apart. @param {number[]} values */
export function spreadWords(values) {
  if (values.length < 2) return "";
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return `${fixed(100 * low, 1)} to ${points(high)}, ${inWords(values.length)} seeds`;
}

/** @type {Record<string, string>} */
const DOUBTS = {
  "dead-leaves":
    "Here the angle of a bar is the right answer in six classes of ten, " +
    "so filters at even angles know half of it beforehand. ",
  mnist: "Even random filters read digits: the layers behind make up for much. ",
};

/** @param {string} dataset */
export const doubtOf = (dataset) =>
  `${DOUBTS[dataset] ?? ""}One layer of one network, on one set of pictures: others may say otherwise.`;
