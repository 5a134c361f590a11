// @ts-check
// What is said of mistakes.

import { grouped, percent } from "../../words/numbers.js";
import { stepNamed } from "../../words/steps.js";

/**
 * @typedef {import("../../net/answers.js").MistakesAnswer} Mistakes
 * @typedef {import("../../net/answers.js").ConfusionAnswer} Confusion
 * @typedef {import("../../types.js").Run} Run
 */

const ALIKE = 0.1; // of right answers: classes that differ by less are known alike

/** @param {Pick<Mistakes, "wrong" | "tried" | "step">} mistakes */
export function countWords({ wrong, tried, step }) {
  const part = wrong / Math.max(1, tried);
  const share = part > 0 && part < 0.01 ? "under 1 %" : percent(part);
  const count = `${grouped(wrong)} of ${grouped(tried)} test pictures are wrong`;
  return `After ${grouped(step)} steps, ${count} (${share}).`;
}

/** @param {Pick<Confusion, "matrix" | "class_names">} confusion */
export function headlineWords({ matrix, class_names }) {
  const known = matrix.flatMap((row, at) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return total ? [{ name: class_names[at], share: row[at] / total }] : [];
  });
  if (!known.length) return "What it gets wrong.";
  const best = known.reduce((one, other) => (other.share > one.share ? other : one));
  const worst = known.reduce((one, other) => (other.share < one.share ? other : one));
  if (worst.share === 1) return "It gets nothing wrong.";
  if (best.share - worst.share < ALIKE) return "It knows all classes about alike.";
  return `It knows “${best.name}” best and “${worst.name}” least.`;
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

/**
 * Which class is most often taken for which.
 * @param {Pick<Mistakes, "confusion" | "class_names">} mistakes
 */
export function mostWords({ confusion, class_names }) {
  const pairs = largestMistakes(confusion, 3);
  if (!pairs.length) return "It takes none of them for something else.";
  const told = pairs.map(
    ({ label, taken, count }) => `${class_names[label]} for ${class_names[taken]} (${grouped(count)})`,
  );
  return `Most often: ${told.join(", ")}.`;
}

/** @param {Mistakes} mistakes @param {number} at @param {Run | null} [run] */
export const takenWords = (mistakes, at, run) =>
  `taken for ${mistakes.class_names[mistakes.taken_for[at]]}, ${sureWords(mistakes, at, run)}`;

/** @param {Mistakes} mistakes @param {number} at @param {Run | null} [run] */
export function sureWords({ probability, since }, at, run) {
  const sure = `${percent(probability[at])} sure`;
  return since ? `${sure}, since ${stepNamed(run, since[at])}` : sure;
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
