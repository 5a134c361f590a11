// @ts-check
// What a trial says: what its button would do, what came of it, and what that doesn't prove.

import { capital, fixed, grouped, inWords } from "../../words/numbers.js";

/**
 * @typedef {import("./trial_ways.js").Way} Way
 * @typedef {Partial<Record<Way, number[]>>} Answers  shares of right answers, a seed each
 */

/** From so many seeds on chance passes for a difference once in twenty times, or less often. */
export const FEWEST_SEEDS = 3;

/** @type {Record<Way, string>} */
export const TITLES = { learned: "Learned", frozen: "Yours", free: "Yours", random: "Random" };
/** @type {Record<Way, string>} */
export const ASIDES = { learned: "", frozen: "frozen", free: "free to learn", random: "frozen" };

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
  const own = /** @type {const} */ (["frozen", "free"]).filter((way) => answers[way]?.length);
  if (!learned?.length || !random?.length || !own.length) return [];
  const seeds = Math.min(learned.length, random.length, ...own.map((way) => answers[way]?.length ?? 0));
  if (seeds < FEWEST_SEEDS) {
    const one = seeds === 1;
    const more = FEWEST_SEEDS - seeds;
    const told = `${one ? "One seed" : "Two seeds"} can’t tell this from chance`;
    return [`${told}: another seed moves each bar. ${capital(inWords(more))} more would say.`];
  }
  const both = own.length > 1;
  return own.flatMap((way) => {
    const mine = /** @type {number[]} */ (answers[way]);
    const name = `Yours${both ? `, ${ASIDES[way]},` : ""}`;
    return [
      `${name} ${beside(mine, learned)} learned ones${reason(mine, learned, seeds)}.`,
      `Beside random ones they ${besideRandom(mine, random)}${reason(mine, random, seeds)}.`,
    ];
  });
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
