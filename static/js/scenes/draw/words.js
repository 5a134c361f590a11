// @ts-check
// What the network makes of a drawing, in words.

import { capital, percent } from "../../words/numbers.js";

/** @typedef {import("../../pictures/looking.js").Seen} Seen */

const SURE = 0.5;

/** @type {Record<string, {blank: string, about: string}>} */
const DATASETS = {
  mnist: { blank: "Draw a digit.", about: "Every layer answers while you draw." },
  "dead-leaves": {
    blank: "Draw bars or discs.",
    about: "This network never saw a digit. It knows bars at six angles and discs in four palettes.",
  },
  "gray-leaves": {
    blank: "Draw light and dark.",
    about: "Nobody told this network what is in a picture, so it can’t name anything.",
  },
};
const OTHER = { blank: "Draw something.", about: "Every layer answers while you draw." };

/**
 * @param {string} dataset
 * @param {Seen | null} seen
 * @param {{count: number, share: number} | null} code  of a network that names nothing
 * @returns {{headline: string, under: string}}
 */
export function wordsFor(dataset, seen, code) {
  const { blank, about } = DATASETS[dataset] ?? OTHER;
  if (!seen || seen.asked.subject.isBlank) return { headline: blank, under: about };
  const at = `at step ${seen.asked.step}`;
  if (code) {
    const under = `${code.count} filters answer somewhere, ${at}; what is too weak becomes 0. ${about}`;
    return { headline: `${percent(code.share)} of all answers count.`, under };
  }
  const [first, second] = ranked(seen);
  if (!first) return { headline: blank, under: about };
  const rest = dataset === "mnist" ? "" : ` ${about}`;
  const verb = dataset === "mnist" ? "reads" : "sees";
  if (first.share < SURE) {
    const other = percent(second?.share ?? 0);
    const under = `${percent(first.share)} for one, ${other} for the other, ${at}.${rest}`;
    return { headline: `It hesitates: ${first.name} or ${second?.name}?`, under };
  }
  const { picture, cells } = seen.asked.subject;
  const untouched = picture && !cells.some((cell) => cell > 0);
  const truth = untouched
    ? `It is ${picture.name}, from the test set: never trained on.`
    : "It never trained on this one.";
  return {
    headline: `It ${verb} ${first.name}.`,
    under: `${capital(sureness(first.share))} sure, ${at}. ${truth}${untouched ? "" : rest}`,
  };
}

/** The classes, the likeliest first. @param {Seen} seen */
export function ranked({ names, probabilities }) {
  const shares = (probabilities ?? []).map((share, at) => ({ name: names[at], share }));
  return shares.sort((one, other) => other.share - one.share);
}

/** Never quite certain, and never certain that not. @param {number} share */
export function sureness(share) {
  if (share > 0.995 && share < 1) return "over 99 %";
  if (share > 0 && share < 0.005) return "under 1 %";
  return percent(share);
}
